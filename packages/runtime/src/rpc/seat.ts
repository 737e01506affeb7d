/** Where a study sits while clients use it: in memory, or in a folder. Each seat takes back what a refused request did, in its own way. */
import type { Registry } from "./registry.ts";
import { type MemoryServed, type Served, servedBefore } from "./served.ts";
import type { StoredServed } from "./storedServed.ts";
import type { Takers } from "./takers.ts";

export type Seat = {
  readonly stored: boolean;
  /** The study. One that is at rest is opened again, so this may throw. */
  readonly served: Served;
  readonly takers: Takers;
  /**
   * Begins a request whose answer has room for `room` UTF-16 units. Call what is returned if the request is refused: the study is then as
   * it was before.
   */
  begin(room: number): () => void;
  /** Gives up what it holds of the disk, until the study is used again. */
  rest(): void;
};

/** A refused request is taken back by a replay of the events before it. */
export function memorySeat(registry: Registry, first: MemoryServed): Seat {
  let served = first;
  return {
    stored: false,
    get served() {
      return served;
    },
    takers: new Map(),
    begin: () => {
      const count = served.log().events.length;
      return () => {
        if (served.log().events.length > count) served = servedBefore(registry, served, count);
      };
    },
    rest: () => {},
  };
}

/**
 * What is stored cannot be taken back. So an event whose answer would be too long is not stored. The study is then opened again from its
 * log, as it is after every error that breaks it, such as a full disk.
 *
 * @param reopen opens it as its folder has it.
 */
export function storedSeat(first: StoredServed, reopen: () => StoredServed): Seat {
  let current: StoredServed | null = first;
  const rest = (): void => {
    const resting = current;
    current = null;
    resting?.close();
  };
  const open = (): StoredServed => {
    current ??= reopen();
    return current;
  };
  return {
    stored: true,
    get served() {
      return open();
    },
    takers: new Map(),
    begin: (room) => {
      open().room = room;
      return () => {
        if (current?.study.closed) rest();
      };
    },
    rest,
  };
}

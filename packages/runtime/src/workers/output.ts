/** What workers print: it is passed on, and the end of it is kept for the texts of errors. */
import { Buffer } from "node:buffer";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** Takes what workers print. If it returns a promise, the worker waits for it. */
export type OnOutput = (bytes: Uint8Array) => unknown;

export type Tail = {
  add(bytes: Uint8Array): void;
  /** The end of what was printed, to be added to a sentence; empty if nothing was. */
  words(): string;
};

const mostBytes = 4096;
const mostUnits = 500;

export function tail(): Tail {
  let kept = new Uint8Array(0);
  return {
    add: (bytes) => {
      const all = bytes.length >= mostBytes ? bytes : Buffer.concat([kept, bytes]);
      kept = new Uint8Array(all.subarray(Math.max(0, all.length - mostBytes)));
    },
    words: () => {
      const line = Buffer.from(kept).toString().replace(/\s+/g, " ").trim();
      if (line === "") return "";
      return `, after it had printed: ${line.length > mostUnits ? `...${line.slice(line.length - mostUnits)}` : line}`;
    },
  };
}

/** Passes a stream on to its end. */
export async function passOn(stream: Readable, last: Tail, onOutput: OnOutput): Promise<void> {
  try {
    for await (const bytes of stream as AsyncIterable<Uint8Array>) {
      last.add(bytes);
      await onOutput(bytes);
    }
  } catch {
    // The stream was closed before its end, because its process has ended.
  }
}

let drained: Promise<unknown> | null = null;

/** Standard error of this process. */
export const toStandardError: OnOutput = (bytes) => {
  if (process.stderr.write(bytes)) return undefined;
  drained ??= once(process.stderr, "drain").finally(() => {
    drained = null;
  });
  return drained;
};

/**
 * What workers print, next to a progress display. On a terminal it is written line by line, because the display takes the last line.
 * Elsewhere it is passed on as it comes.
 */
import { Buffer } from "node:buffer";
import { once } from "node:events";
import type { TerminalStream } from "./liveLine.ts";

export type LiveOutput = {
  /** Returns a promise if the writer should wait. */
  write(bytes: Uint8Array): unknown;
  /** Writes what is left of a last line. */
  flush(): void;
};

const lineEnd = 0x0a;
/** A longer line is written in parts. */
const mostBytes = 1 << 16;

/** @param clear removes the line of the display. */
export function liveOutput(stream: TerminalStream, clear: () => void): LiveOutput {
  let rest: Buffer = Buffer.alloc(0);
  const write = (bytes: Buffer): unknown => {
    if (bytes.length === 0) return undefined;
    clear();
    return stream.write(bytes) ? undefined : once(stream, "drain");
  };
  return {
    write: (bytes) => {
      if (stream.isTTY !== true) return write(Buffer.from(bytes));
      const all = Buffer.concat([rest, bytes]);
      const whole = all.length > mostBytes ? all.length : all.lastIndexOf(lineEnd) + 1;
      rest = all.subarray(whole);
      return write(all.subarray(0, whole));
    },
    flush: () => {
      if (rest.length > 0) write(Buffer.concat([rest, Buffer.from("\n")]));
      rest = Buffer.alloc(0);
    },
  };
}

import { Writable } from "node:stream";
import type { TerminalStream } from "../src/terminal/liveLine.ts";

/** A stream that keeps what is written. */
export function fakeStream(
  details: { readonly isTTY?: boolean; readonly columns?: number } = {},
): TerminalStream & { readonly text: () => string } {
  let text = "";
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  return Object.assign(stream, details, { text: () => text });
}

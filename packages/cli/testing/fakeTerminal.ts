import { Readable, Writable } from "node:stream";
import type { Terminal, TerminalStream } from "../src/terminal/terminal.ts";

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

export type FakeTerminal = Terminal & { readonly stdout: ReturnType<typeof fakeStream>; readonly stderr: ReturnType<typeof fakeStream> };

export function fakeTerminal(input = ""): FakeTerminal {
  return { stdin: Readable.from([Buffer.from(input)]), stdout: fakeStream(), stderr: fakeStream() };
}

import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import type { TerminalStream } from "@caviar-hpo/runtime/terminal";
import type { Terminal } from "../src/terminal/terminal.ts";

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

export type FakeTerminal = Terminal & {
  readonly stdout: ReturnType<typeof fakeStream>;
  readonly stderr: ReturnType<typeof fakeStream>;
  readonly signals: EventEmitter;
};

export function fakeTerminal(input = "", details: Parameters<typeof fakeStream>[0] = {}): FakeTerminal {
  const stdin = Readable.from([Buffer.from(input)]);
  return { stdin, stdout: fakeStream(details), stderr: fakeStream(details), env: {}, signals: new EventEmitter() };
}

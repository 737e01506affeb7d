/** A session on standard input and output, or on any pair of byte streams: one message a line, answers in the order of the requests. */

import type { Readable, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { limits } from "@caviar/core";
import { createSession, type Registry } from "./session.ts";

/** Resolves when `close` was answered or the input ended. Lines longer than `limits.lineBytes` are answered with an error and skipped. */
export async function serve(registry: Registry, input: Readable, output: Writable): Promise<void> {
  const session = createSession(registry);
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let overlong = false;

  const respond = async (line: string): Promise<void> => {
    if (line.trim() === "") return;
    const answer = session.answer(line);
    if (answer !== null && !output.write(`${answer}\n`)) await new Promise((resolve) => output.once("drain", resolve));
  };

  for await (const chunk of input) {
    const lines = (rest + decoder.write(chunk as Buffer)).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (!overlong) await respond(line);
      overlong = false;
      if (session.closed) return;
    }
    if (rest.length > limits.lineBytes) {
      if (!overlong) await respond(rest);
      overlong = true;
      rest = "";
    }
  }
  if (!overlong) await respond(rest + decoder.end());
}

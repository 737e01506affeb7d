import { PassThrough, Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { registry } from "../../testing/registry.ts";
import { serve } from "./stdio.ts";

const strategies = '{"jsonrpc":"2.0","id":1,"method":"strategies"}\n';

/** A sink that takes one write at a time, slowly. */
function sink(): { readonly stream: Writable; readonly text: () => string } {
  let text = "";
  const stream = new Writable({
    highWaterMark: 1,
    write: (chunk, _encoding, done) => {
      setImmediate(() => {
        text += String(chunk);
        done();
      });
    },
  });
  return { stream, text: () => text };
}

test("everything has been handed over when it resolves, however slow the reader", async () => {
  const { stream, text } = sink();
  await serve(registry, Readable.from([Buffer.from(strategies.repeat(20))]), stream);
  expect(text().trimEnd().split("\n")).toHaveLength(20);
});

test("blank lines get no answer; carriage returns do no harm", async () => {
  const { stream, text } = sink();
  await serve(registry, Readable.from([Buffer.from(`\n \t\r\n${strategies.replace("\n", "\r\n")}\n`)]), stream);
  expect(text().trimEnd().split("\n")).toHaveLength(1);
});

test("a line of other bytes is answered with a parse error, and the conversation continues", async () => {
  const { stream, text } = sink();
  await serve(registry, Readable.from([Buffer.from([0x00, 0xff, 0xfe, 0x0a]), Buffer.from("\ufeff\n"), Buffer.from(strategies)]), stream);
  const answers = text()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers.map(({ id, error }) => [id, error?.code, error?.data.code])).toEqual([
    [null, -32700, "notUtf8"],
    [null, -32700, "malformedJson"],
    [1, undefined, undefined],
  ]);
});

test("after close nothing more is read", async () => {
  const { stream, text } = sink();
  const input = new PassThrough();
  input.write(`{"jsonrpc":"2.0","id":1,"method":"close"}\n${strategies}`);
  await serve(registry, input, stream);
  expect(text()).toBe('{"jsonrpc":"2.0","id":1,"result":{}}\n');
  expect(input.destroyed).toBe(true);
});

function failing(code: string): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done(Object.assign(new Error(code), { code }));
    },
  });
}

test("a reader who went away ends it quietly", async () => {
  const input = new PassThrough();
  input.write(strategies);
  await expect(serve(registry, input, failing("EPIPE"))).resolves.toBeUndefined();
  expect(input.destroyed).toBe(true);
});

test("an output that fails otherwise is an error", async () => {
  await expect(serve(registry, Readable.from([Buffer.from(strategies)]), failing("ENOSPC"))).rejects.toThrow("ENOSPC");
});

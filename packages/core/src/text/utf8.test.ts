import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "./utf8.ts";

test.each([
  ["", []],
  ["A", [0x41]],
  ["\u007f\u0080", [0x7f, 0xc2, 0x80]],
  ["\u07ff\u0800", [0xdf, 0xbf, 0xe0, 0xa0, 0x80]],
  ["\uffff", [0xef, 0xbf, 0xbf]],
  ["🐼", [0xf0, 0x9f, 0x90, 0xbc]],
  ["\u{10ffff}", [0xf4, 0x8f, 0xbf, 0xbf]],
  ["\ud800", [0xef, 0xbf, 0xbd]],
  ["\udc00a", [0xef, 0xbf, 0xbd, 0x61]],
])("%j is written as its bytes", (text, bytes) => {
  expect(utf8(text)).toEqual(bytes);
});

test("any text at all gives the bytes of the platform's encoder, lone surrogates too", () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
      expect(utf8(text)).toEqual([...encoder.encode(text)]);
    }),
    { seed: 1, numRuns: 300 },
  );
});

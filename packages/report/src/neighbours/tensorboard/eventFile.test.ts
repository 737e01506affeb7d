import fc from "fast-check";
import { expect, test } from "vitest";
import { eventFile, scalar } from "./eventFile.ts";
import { float, text, varint } from "./protobuf.ts";

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

test("the examples of the encoding guide of protocol buffers: 150 in field 1, and the text testing in field 2", () => {
  expect(hex(varint(1, 150))).toBe("08 96 01");
  expect(hex(text(2, "testing"))).toBe("12 07 74 65 73 74 69 6e 67");
});

test("a whole number up to 2^53 is the number that its seven-bit groups add up to", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      const groups = [...varint(1, value)].slice(1);
      expect(groups.reduceRight((sum, byte) => sum * 128n + BigInt(byte & 127), 0n)).toBe(BigInt(value));
      expect(groups.map((byte) => byte >= 128)).toEqual(groups.map((_, index) => index < groups.length - 1));
    }),
  );
});

test("an event file is the bytes that the writer of TensorBoard 2.21.0 writes for the same events", () => {
  const file = eventFile([{ atMs: 1500, step: 3, value: scalar("loss", 0.5) }]);
  expect(hex(file)).toBe(
    "22 00 00 00 00 00 00 00 78 11 3d fd 09 00 00 00 00 00 00 f8 3f 1a 0d 62 72 61 69 6e 2e 45 76 65 6e 74 3a 32 52 08 0a 06 63 61 76 69 61 72 " +
      "0e 88 94 a8 1a 00 00 00 00 00 00 00 12 9b d8 2d 09 00 00 00 00 00 00 f8 3f 10 03 2a 0d 0a 0b 0a 04 6c 6f 73 73 15 00 00 00 3f 80 65 5e e3",
  );
});

test("a number is kept with 32 bits", () => {
  expect(hex(float(2, 0.1))).toBe("15 cd cc cc 3d");
});

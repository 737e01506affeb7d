import type { Json } from "@caviar-hpo/core";
import { parseWire } from "@caviar-hpo/core/wire";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeRecord, encodeRecord } from "./record.ts";

const json = fc.jsonValue() as fc.Arbitrary<Json>;
const sequence = fc.nat({ max: Number.MAX_SAFE_INTEGER });

it("a record is one line: the checksum that zlib.crc32 of Python gives too, the length in bytes, the number, the JSON text", () => {
  expect(encodeRecord(12, { kind: "é" }).toString()).toBe('f38567db 13 12 {"kind":"é"}\n');
});

it("a record comes back, is one line, and holds no other record", () => {
  fc.assert(
    fc.property(sequence, json, (number, value) => {
      const line = encodeRecord(number, value);
      const decoded = decodeRecord(line)!;
      expect(decoded.sequence).toBe(number);
      expect(JSON.stringify(parseWire(decoded.text))).toBe(JSON.stringify(value));
      expect(line.indexOf("\n")).toBe(line.length - 1);
      for (let at = 1; at < line.length; at++) expect(decodeRecord(line.subarray(at))).toBeNull();
    }),
    { seed: 1 },
  );
});

it("a record with any byte changed, dropped or added is none", () => {
  fc.assert(
    fc.property(sequence, json, fc.nat(), fc.integer({ min: 1, max: 255 }), (number, value, place, change) => {
      const line = encodeRecord(number, value);
      const at = place % line.length;
      const flipped = Buffer.from(line);
      flipped[at]! ^= change;
      expect(decodeRecord(flipped)).toBeNull();
      expect(decodeRecord(Buffer.concat([line.subarray(0, at), line.subarray(at + 1)]))).toBeNull();
      expect(decodeRecord(Buffer.concat([line.subarray(0, at), Buffer.of(change), line.subarray(at)]))).toBeNull();
    }),
    { seed: 2 },
  );
});

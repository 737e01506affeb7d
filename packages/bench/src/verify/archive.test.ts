import { gunzipSync } from "node:zlib";
import { JournalError } from "@caviar-hpo/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { packRuns, unpackRuns } from "./archive.ts";

const line = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }).map((value) => `${JSON.stringify({ told: 0, ...value })}\n`);
const runFile = fc
  .tuple(fc.array(line, { maxLength: 5 }), fc.string())
  .map(([lines, end]) => Buffer.from(`{"format":2,"kind":"run"}\n${lines.join("")}${JSON.stringify({ end })}\n`));

it("runs come back from the archive, and any program for gzip reads them one after the other", () => {
  fc.assert(
    fc.property(fc.array(runFile, { maxLength: 8 }), (files) => {
      const bytes = packRuns(files);
      expect(unpackRuns(bytes, "archive").map(String)).toEqual(files.map(String));
      expect(gunzipSync(bytes).toString()).toBe(files.join(""));
    }),
    { seed: 1 },
  );
});

it("an archive names no time, no file and no operating system", () => {
  expect([...packRuns([Buffer.from("{}\n")]).subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
});

it("an archive that was cut, or of which any byte was changed, is refused or gives other runs", () => {
  const files = ["a", "b"].map((name) => Buffer.from(`{"format":2,"problem":"${name}"}\n{"value":0.1234567}\n`));
  const bytes = packRuns(files);
  const outcome = (changed: Uint8Array): unknown => {
    try {
      return unpackRuns(changed, "archive");
    } catch (error) {
      expect(error).toBeInstanceOf(JournalError);
      return error;
    }
  };
  for (let at = 10; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 1;
    expect(outcome(flipped), `byte ${at}`).not.toEqual(files);
    expect(outcome(bytes.subarray(0, at)), `cut at ${at}`).toBeInstanceOf(JournalError);
  }
});

import { gunzipSync, gzipSync } from "node:zlib";
import { JournalError } from "@caviar-hpo/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { chainStart, linked } from "../record/chain.ts";
import { packRuns, unpackRuns } from "./archive.ts";

const other = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }).map((value) => ({ told: 0, ...value }));
const keys = fc.oneof(fc.constantFrom("x", "fidelity", "resource", "trial", ',"fidelity":'), fc.string());
const training = fc.record({
  config: fc.dictionary(keys, fc.oneof(fc.integer(), fc.string()), { maxKeys: 3 }),
  fidelity: fc.double({ min: 0, noNaN: true }),
  resource: fc.nat(),
  told: fc.oneof(fc.double({ noNaN: true }), fc.constant({ $num: "NaN" })),
  trial: fc.nat(2),
});
const recommendation = fc.record({ fidelity: fc.nat(), from: fc.nat(), trial: fc.nat(2), value: fc.integer() });
const content = fc.array(fc.oneof(other, training, recommendation), { maxLength: 9 });

/** A run file, whose lines are chained if it is not damaged. */
function runFile(lines: readonly object[], chained: boolean): Buffer {
  let chain = chainStart;
  const texts = [{ format: 2, kind: "run" }, ...lines, { lines: lines.length, sha256: "0" }].map((one) => {
    const next = linked(chain, JSON.stringify(one));
    if (chained) chain = next.chain;
    return `${next.line}\n`;
  });
  return Buffer.from(texts.join(""));
}

it("runs come back from the archive to the byte, whatever their lines hold, chained or not", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(content, fc.boolean()), { maxLength: 6 }), (runs) => {
      const files = runs.map(([lines, chained]) => runFile(lines, chained));
      expect(unpackRuns(packRuns(files), "archive").map(String)).toEqual(files.map(String));
    }),
    { seed: 1, numRuns: 300 },
  );
});

it("any program for gzip reads the lines, each configuration once and without what follows from the lines", () => {
  const config = { x: 0.25 };
  const lines = [
    { config, fidelity: 1, resource: 1, told: 3, trial: 0 },
    { config: { x: 0.5 }, fidelity: 1, resource: 2, told: 4, trial: 1 },
    { config, fidelity: 3, resource: 4, told: 2, trial: 0 },
    { fidelity: 3, from: 4, trial: 0, value: 2 },
  ];
  const text = gunzipSync(packRuns([runFile(lines, true)])).toString();
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { format: 2, kind: "run", chain: "" },
    lines[0],
    lines[1],
    { fidelity: 3, resource: 4, told: 2, trial: 0 },
    lines[3],
    { lines: 4, sha256: "0" },
  ]);
});

it("an archive of an earlier version, whose lines have their chains, gives the same runs", () => {
  const file = runFile([{ config: { x: 1 }, fidelity: 1, resource: 1, told: 3, trial: 0 }], true);
  expect(unpackRuns(gzipSync(Buffer.concat([file, file])), "archive").map(String)).toEqual([String(file), String(file)]);
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

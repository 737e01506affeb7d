/**
 * The improvement in standard deviations against mpmath at 60 digits, on new random points in every run. The nightly run takes 10^6 of
 * each.
 */
// python: mpmath scipy
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { logNormalCdf, normalHazard } from "@caviar-hpo/numerics";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Improvement, writeImprovement } from "./improvement.ts";

const seed = Number(process.env.CAVIAR_PEERS_SEED ?? Date.now() % 1e9);
const count = process.env.CAVIAR_NIGHTLY === "1" ? 1_000_000 : 4_000;
const improvement = (column: keyof Improvement) => (u: number) => {
  const out = { log: NaN, slope: NaN, spread: NaN };
  writeImprovement(u, out);
  return out[column];
};
const functions = { log: improvement("log"), slope: improvement("slope"), spread: improvement("spread"), logNormalCdf, normalHazard };

test(`within 2e-15 of mpmath on ${count} points u from -1e100 to 37.5, CAVIAR_PEERS_SEED=${seed}`, () => {
  const script = fileURLToPath(new URL("../../golden/acquisition.py", import.meta.url));
  const kinds = [
    fc.double({ min: -1e100, max: 37.5, noNaN: true }).filter((u) => u !== 0),
    fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((cell) => 77.5 * cell * 2 ** -31 - 40),
  ];
  const points = kinds.flatMap((kind) => fc.sample(kind, { seed, numRuns: count / 2 }));
  const names = Object.keys(functions) as (keyof typeof functions)[];
  const lines = names.flatMap((name) => points.map((u) => `${name} ${hex(u)} ${hex(functions[name](u))}`));
  const python = process.env.CAVIAR_PYTHON || "python3";
  const printed = execFileSync(python, [script, "--judge"], { input: lines.join("\n"), encoding: "utf8", maxBuffer: 2 ** 30 });
  console.log(printed);
  const errors = [...printed.matchAll(/^(\w+) +(\S+) {2}at /gm)].map(([, name, error]) => [name!, Number(error)] as const);
  expect(errors.map(([name]) => name)).toEqual(names);
  for (const [name, error] of errors) expect(error, name).toBeLessThan(2e-15);
});

function hex(x: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

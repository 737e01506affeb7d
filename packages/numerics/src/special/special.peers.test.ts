/**
 * The special functions against mpmath at 60 digits, by golden/special.py, on new points in every run. The nightly run takes 10^5 of
 * each.
 */
// python: mpmath
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digamma } from "./digamma.ts";
import { erf, erfc, erfcx } from "./erf.ts";
import { log1mexp } from "./log1mexp.ts";
import { logGamma } from "./logGamma.ts";
import { logNormalCdf, logNormalPdf, normalCdf, normalHazard, normalPdf } from "./normal.ts";

const seed = Number(process.env.CAVIAR_PEERS_SEED ?? Date.now() % 1e9);
const count = process.env.CAVIAR_NIGHTLY === "1" ? 100_000 : 5_000;
const functions = { erf, erfc, erfcx, normalPdf, logNormalPdf, normalCdf, logNormalCdf, normalHazard, log1mexp, logGamma, digamma };
/** Where the value is an ordinary double. */
const domains: { readonly [name in keyof typeof functions]: readonly [low: number, high: number] } = {
  erf: [-1e300, 1e300],
  erfc: [-1e300, 26.5],
  erfcx: [-26.6, 1e300],
  normalPdf: [-37.6, 37.6],
  logNormalPdf: [-1e150, 1e150],
  normalCdf: [-37.5, 1e300],
  logNormalCdf: [-1e100, 37.5],
  normalHazard: [-1e100, 37.5],
  log1mexp: [1e-300, 700],
  logGamma: [1e-300, 1e305],
  digamma: [1e-300, 1e300],
};

test(`the special functions are within 2e-15 of mpmath on ${count} points of each, CAVIAR_PEERS_SEED=${seed}`, () => {
  const script = fileURLToPath(new URL("../../golden/special.py", import.meta.url));
  const names = Object.keys(functions) as (keyof typeof functions)[];
  const lines = names.flatMap((name, index) => {
    const [low, high] = domains[name];
    // Half of the points evenly in their bits, half evenly where the functions are curved.
    const bottom = Math.max(low, -40);
    const reach = Math.min(high, 40) - bottom;
    const kinds = [
      fc.double({ min: low, max: high, noNaN: true }).filter((x) => x !== 0),
      fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((cell) => bottom + reach * cell * 2 ** -31),
    ];
    return kinds.flatMap((drawn) =>
      fc.sample(drawn, { seed: seed + index, numRuns: count / 2 }).map((x) => `${name} ${hex(x)} ${hex(functions[name](x))}`),
    );
  });
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

/**
 * The functions against mpmath at 240 bits, by golden/elementary.py, on new points in every run. The nightly run takes 10^5 of each.
 */
// python: mpmath
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const seed = process.env.CAVIAR_PEERS_SEED ?? String(Date.now());
const points = process.env.CAVIAR_NIGHTLY === "1" ? 100_000 : 10_000;
// Units in the last place; for the quantile the relative error.
const bounds = { exp: 1, expm1: 1, log: 1, log1p: 1, sin: 1, cos: 1, tanh: 2.5, pow: 1, normalQuantile: 1e-15 };

test(`stay as close to mpmath as their README says, on ${points} points of each, CAVIAR_PEERS_SEED=${seed}`, () => {
  const script = fileURLToPath(new URL("../golden/elementary.py", import.meta.url));
  const python = process.env.CAVIAR_PYTHON || "python3";
  const printed = execFileSync(python, [script, "--check", String(points), seed], { encoding: "utf8" });
  console.log(printed);
  const errors = [...printed.matchAll(/^(\w+) +\d+ +(\S+) (?:ulp|rel) /gm)].map(([, name, error]) => [name!, Number(error)] as const);
  expect(errors.map(([name]) => name)).toEqual(Object.keys(bounds));
  for (const [name, error] of errors) expect(error, name).toBeLessThan(bounds[name as keyof typeof bounds]);
});

/** Importance next to Optuna's, whose forest is scikit-learn's: the same observations, another forest, nearly the same shares. */
// python: optuna sklearn
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createSpace, derive, real, root, stream } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { importance } from "./importance.ts";

const seed = process.env.CAVIAR_PEERS_SEED ?? String(Date.now());
const script = fileURLToPath(new URL("../../golden/fanova.py", import.meta.url));

type CellPoint = readonly [number, number, number, number];
const functions: readonly (readonly [string, (x: CellPoint) => number])[] = [
  ["a sum", ([a, b, c]) => 3 * a + 2 * b + c],
  ["a product", ([a, b, c, d]) => a * b + 0.5 * c * d],
  ["waves", ([a, b, c]) => Math.sin(6 * a) + 0.7 * Math.sin(12 * b) * c],
  ["a valley", ([a, b]) => (a - 0.3) ** 2 + 10 * (b - a * a) ** 2],
];

test.each(functions)("on %s, shares are those of Optuna within 0.06", (name, f) => {
  const source = stream(derive(root(`peers ${seed}`), name));
  const points = Array.from({ length: 200 }, (): CellPoint => [source.uniform(), source.uniform(), source.uniform(), source.uniform()]);
  const values = points.map(f);
  const names = ["x0", "x1", "x2", "x3"];
  const space = createSpace(names.map((parameter) => [parameter, real(0, 1)] as const));
  const observations = points.map((point, row) => ({
    config: Object.fromEntries(names.map((parameter, axis) => [parameter, point[axis]!])),
    value: values[row]!,
  }));
  const ours = importance(space, observations, { key: root(seed) });
  const asked = JSON.stringify({ points, values, seed: source.integer(1000) });
  const theirs: readonly number[] = JSON.parse(
    execFileSync(process.env.CAVIAR_PYTHON || "python3", [script, "--peer"], {
      input: asked,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    }),
  );
  for (const { name: parameter, share } of ours.main) {
    expect(Math.abs(share.mean - theirs[names.indexOf(parameter)]!), `${parameter}: ${share.mean} and ${theirs}`).toBeLessThan(0.06);
  }
});

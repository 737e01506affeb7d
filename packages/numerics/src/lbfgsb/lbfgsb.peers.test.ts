/** L-BFGS-B against SciPy's, live, from random starts of every problem, by golden/lbfgsb.py. */
// python: scipy
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { boxProblems } from "../../golden/boxProblems.mjs";
import { minimise } from "../../testing/minimise.ts";

type Row = { readonly name: string; readonly start: readonly number[]; readonly value: number; readonly evaluations: number };

const seed = process.env.CAVIAR_PEERS_SEED ?? String(Date.now());
const starts = process.env.CAVIAR_NIGHTLY === "1" ? 50 : 5;

test(`takes as many evaluations as SciPy to as low values, from ${starts} starts of each problem, CAVIAR_PEERS_SEED=${seed}`, () => {
  const script = fileURLToPath(new URL("../../golden/lbfgsb.py", import.meta.url));
  const python = process.env.CAVIAR_PYTHON || "python3";
  const printed = execFileSync(python, [script, "--starts", String(starts), seed], { encoding: "utf8" });
  const { version, rows } = JSON.parse(printed) as { readonly version: string; readonly rows: readonly Row[] };
  expect(rows.length).toBe(starts * boxProblems.length);
  const problems = new Map(boxProblems.map((problem) => [problem.name, problem]));
  let logRatio = 0;
  let higher = 0;
  let lower = 0;
  for (const { name, start, value, evaluations } of rows) {
    const problem = problems.get(name)!;
    const bounds = { lower: Float64Array.from(problem.lower), upper: Float64Array.from(problem.upper) };
    const { minimiser } = minimise(problem.f, start, bounds);
    logRatio += Math.log(minimiser.evaluations / evaluations) / rows.length;
    // Another local minimum may be reached by another rounding, on either side alike.
    const difference = (minimiser.value - value) / Math.max(1, Math.abs(value));
    if (difference > 1e-4) higher++;
    if (difference < -1e-4) lower++;
  }
  console.log(
    `SciPy ${version}: ${rows.length} runs, evaluations ${Math.exp(logRatio).toFixed(3)} of SciPy's (geometric mean), ${higher} ended higher, ${lower} lower`,
  );
  expect(Math.exp(logRatio)).toBeLessThan(1.05);
  expect(higher).toBeLessThanOrEqual(lower + Math.ceil(0.03 * rows.length));
});

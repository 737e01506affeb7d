/** The golden values of the functions of several fidelities and of the simulators, computed again by the scripts that made them. */
// python: mpmath numpy scipy
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import curves from "../learningCurves/learningCurves.golden.json" with { type: "json" };
import golden from "./multiFidelity.golden.json" with { type: "json" };

function computed(script: string, names: readonly string[] = []): unknown {
  const file = fileURLToPath(new URL(`../../golden/${script}`, import.meta.url));
  return JSON.parse(execFileSync(process.env.CAVIAR_PYTHON || "python3", [file, ...names], { encoding: "utf8" }));
}

test("golden/multiFidelity.py derives the functions as they are (under CAVIAR_NIGHTLY=1 all of them)", () => {
  const names = Object.keys(golden.functions).filter((name) => process.env.CAVIAR_NIGHTLY === "1" || !name.includes("hartmann"));
  const { functions } = computed("multiFidelity.py", names) as typeof golden;
  expect(Object.keys(functions)).toEqual(names);
  expect(golden.functions).toMatchObject(functions);
});

test("golden/learningCurves.py computes the curves, the samples and the taus as they are, to 12 digits", () => {
  expect(rounded(computed("learningCurves.py"))).toEqual(rounded(curves));
});

/** NumPy's last digits differ between machines. */
function rounded(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json, (_, value) => (typeof value === "number" ? Number(value.toFixed(12)) : value)));
}

/** The golden values of the classical functions, derived again at 50 digits by golden/classical.py. */
// python: mpmath scipy
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import golden from "./classical.golden.json" with { type: "json" };

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

function derived(names: readonly string[]): string {
  const script = [path("../../golden/classical.py"), ...names];
  return execFileSync(process.env.CAVIAR_PYTHON || "python3", script, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

if (process.env.CAVIAR_NIGHTLY === "1") {
  test("golden/classical.py writes the golden file to the byte", () => {
    expect(derived([])).toBe(readFileSync(path("classical.golden.json"), "utf8"));
  });
} else {
  test("golden/classical.py derives 16 functions of two variables as they are (under CAVIAR_NIGHTLY=1 the whole file)", () => {
    const names = Object.keys(golden.functions).filter((name) => name === "branin" || /-d2$/.test(name));
    expect(names).toHaveLength(16);
    const { functions, ...rest } = JSON.parse(derived(names));
    const { functions: known, ...constants } = golden;
    expect(Object.keys(functions)).toEqual(expect.arrayContaining(names));
    expect(known).toMatchObject(functions);
    expect(rest).toEqual(constants);
  });
}

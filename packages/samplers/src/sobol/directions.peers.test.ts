/** The committed table compared with the one that SciPy ships. */
// python: scipy
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

test("directions.ts is what golden/directions.py makes of SciPy's file of Joe and Kuo", () => {
  const written = execFileSync(process.env.CAVIAR_PYTHON || "python3", [path("../../golden/directions.py")], { encoding: "utf8" });
  expect(written).toBe(readFileSync(path("directions.ts"), "utf8"));
});

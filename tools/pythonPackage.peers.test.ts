// python: mypy pyright pandas
/** The Python package: its types, what it does in several processes, and tables of pandas. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultOfUnitTests, type PythonPackage, preparePackage, python, pythonPackage } from "./pythonPackage.ts";

let prepared: PythonPackage;
beforeAll(async () => {
  prepared = await preparePackage();
});
afterAll(() => prepared.remove());

/** What a checker says about the package and about a program that uses it. */
async function said(args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await prepared.run(args, pythonPackage);
  return `${stdout}${stderr}`.trim();
}

describe("the Python package", () => {
  it("is checked with the versions that it names", async () => {
    const lines = readFileSync(join(pythonPackage, "tests", "requirements.txt"), "utf8")
      .split("\n")
      .slice(1, -1);
    const program = `from importlib.metadata import version; print(*(f"{name}=={version(name)}" for name in ${JSON.stringify(
      lines.map((line) => line.split("==")[0]),
    )}), sep="\\n")`;
    expect((await said(["-c", program])).split("\n")).toEqual(lines);
  });

  it("has types that mypy accepts, and that find the mistakes of a program", async () => {
    expect(await said(["-m", "mypy", "--strict", "src/caviar_hpo", "tests/typed_program.py"])).toMatch(/^Success: /);
  });

  it("has types that pyright accepts", async () => {
    expect(await said(["-m", "pyright", "--pythonpath", python!])).toMatch(/^0 errors/);
  });

  it.each(["test_workers.py", "test_shared.py", "test_pandas.py"])("passes %s", async (pattern) => {
    expect(await faultOfUnitTests(prepared, pattern)).toBeNull();
  });
});

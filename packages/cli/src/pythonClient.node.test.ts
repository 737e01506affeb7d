import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { installed, run } from "../testing/caviar.ts";
import { client, python, tunesWith } from "../testing/pythonClient.ts";

/** Skipped, by name, where there is no Python. */
describe.skipIf(python === undefined)("the Python client", () => {
  // One that learns and one that does not. pythonClient.nightly.test.ts has all.
  test.each(["sobol", "tpe"])("tunes a function with %s", tunesWith);

  test("keeps constraints between parameters, as its list of them says", async () => {
    const constraint = '"rate <= 1 - momentum"';
    const source = readFileSync(client, "utf8");
    expect(source).toContain(`where = [${constraint}]`);
    const bestUnder = async (where: string): Promise<{ readonly [name: string]: number }> => {
      const script = source.replace(constraint, where);
      const { stdout, stderr } = await run(["-c", script, installed, "random", "64"], { file: python! });
      expect(stderr).toBe("");
      return JSON.parse(stdout).config;
    };
    const free = await bestUnder(constraint);
    expect(free.rate).toBeLessThan(0.1);
    const fast = await bestUnder(`"rate >= 0.5", ${constraint}`);
    expect(fast.rate).toBeGreaterThanOrEqual(0.5);
    expect(fast.momentum ?? 0).toBeLessThanOrEqual(0.5);
  });

  test("continues a stored study where an earlier process has ended, and finds what one process finds", async () => {
    const root = mkdtempSync(join(tmpdir(), "caviar-"));
    const stopped = await run([client, "--root", root, "--stop-after", "9", installed, "tpe", "24"], { file: python! });
    expect({ code: stopped.code, stdout: stopped.stdout }).toEqual({ code: 1, stdout: "" });
    const resumed = await run([client, "--root", root, installed, "tpe", "24"], { file: python! });
    const whole = await run([client, installed, "tpe", "24"], { file: python! });
    rmSync(root, { recursive: true });
    expect(JSON.parse(resumed.stdout)).toEqual({ ...JSON.parse(whole.stdout), reports: 15 });
  });

  test("reports what is wrong in the words of the error", async () => {
    const { code, stderr } = await run([client, installed, "sobl"], { file: python! });
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean "sobol"?');
  });

  test("needs the standard library only", () => {
    const imports = [...readFileSync(client, "utf8").matchAll(/^(?:import|from) +(\w+)/gm)].map((match) => match[1]);
    expect(imports).toEqual(["argparse", "json", "os", "subprocess"]);
  });
});

/**
 * Tests of the Python package that need other packages, by pytest. They have a server of their own, made of the sources as they are now:
 * the files that a checkout has may be old, and a build that runs at the same time replaces them.
 */
import { join } from "node:path";
import { expect } from "vitest";
import { preparePackage, pythonPackage } from "./pythonPackage.ts";

/** @param files in `clients/python/tests` */
export async function expectToPass(python: string, ...files: readonly string[]): Promise<void> {
  const prepared = await preparePackage(python);
  try {
    const tests = files.map((file) => join("tests", file));
    const args = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", ...tests];
    const { status, stdout, stderr } = await prepared.run(args, pythonPackage);
    expect(`${stdout}${stderr}`).toMatch(/\d+ passed/);
    expect({ status, failed: stdout.match(/^FAILED .*$/gm) }).toEqual({ status: 0, failed: null });
  } finally {
    await prepared.remove();
  }
}

/** The server process of the Python package, with Python's standard library alone. It runs the compiled command: `npm run build` first. */
import { describe, expect, it } from "vitest";
import { faultOfUnitTests, python, unbundledPackage } from "./pythonPackage.ts";

describe.skipIf(python === undefined)("the Python package", () => {
  it("talks with its server, and starts and ends it", async () => {
    expect(await faultOfUnitTests(unbundledPackage, "test_server.py")).toBeNull();
  });
});

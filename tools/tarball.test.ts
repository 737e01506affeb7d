import { describe, expect, it } from "vitest";
import { contentFaults } from "./tarball.mjs";

describe("a tarball", () => {
  const sound: Readonly<Record<string, string>> = {
    "package.json": "{}",
    "README.md": "",
    LICENSE: "",
    "bin/x.js": `import "../dist/a/b.js";`,
    "dist/a/b.js": "export {};\n//# sourceMappingURL=b.js.map",
    "dist/a/b.js.map": `{"sources":["../../src/a/b.ts"]}`,
    "dist/a/b.d.ts": "export {};\n//# sourceMappingURL=b.d.ts.map",
    "dist/a/b.d.ts.map": `{"sourceRoot":"","sources":["../../src/a/b.ts"]}`,
    "src/a/b.ts": "export {};",
    "dist/testing/laws.js": "",
  };
  const faultsOf = (files: Readonly<Record<string, string>>): readonly string[] =>
    contentFaults(Object.keys(files), (path) => files[path]!);
  const without = (path: string): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(sound).filter(([name]) => name !== path));

  it("with what users need, and nothing else, is sound", () => {
    expect(faultsOf(sound)).toEqual([]);
  });

  it.each([
    "src/a/b.test.ts",
    "src/a/b.node.test.ts",
    "src/a/b.bench.ts",
    "src/a/b.twin.ts",
    "src/a/b.fixture.ts",
    "src/a/b.golden.json",
    "src/tsconfig.json",
    "dist/.tsbuildinfo",
    "dist/a/b.twin.js",
    "bench/speed.mjs",
    "testing/help.ts",
    "golden/make.py",
    "examples/client.py",
    "exports.snapshot.json",
    "tsconfig.json",
  ])("does not hold %s", (path) => {
    expect(faultsOf({ ...sound, [path]: "" })).toEqual([`pack: ${path} is of no use to a user`]);
  });

  it.each(["LICENSE", "README.md", "package.json"])("holds %s", (path) => {
    expect(faultsOf(without(path))).toEqual([`pack: ${path} is missing`]);
  });

  it("holds the sources that its maps point to, and the maps that its code points to", () => {
    expect(faultsOf(without("src/a/b.ts"))).toEqual([
      "pack: dist/a/b.js.map points to src/a/b.ts, which is not in the tarball",
      "pack: dist/a/b.d.ts.map points to src/a/b.ts, which is not in the tarball",
    ]);
    expect(faultsOf(without("dist/a/b.js.map"))).toEqual(["pack: dist/a/b.js points to dist/a/b.js.map, which is not in the tarball"]);
  });
});

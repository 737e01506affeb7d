import { describe, expect, it } from "vitest";
import { hasEffects, type Manifest, type Project, type Published, publishFaults, readProject, readPublished } from "./manifests.ts";
import { readWorkspace } from "./workspace.ts";

const members = readWorkspace();

describe("the packages of this workspace", () => {
  it.each(members.map(({ packageName, directory }) => [packageName, directory]))(
    "%s says on the registry what the repository says",
    (_name, directory) => {
      expect(publishFaults(readProject(), readPublished(directory))).toEqual([]);
    },
  );

  it("describe themselves each in their own words", () => {
    const descriptions = members.map(({ directory }) => readPublished(directory).manifest.description);
    expect(new Set(descriptions).size).toBe(members.length);
  });

  it("do something when they are loaded only where a program starts", () => {
    const effects = members.flatMap(({ directory }) => readPublished(directory).effects.map((path) => `${directory}/${path}`));
    expect(effects).toEqual([
      "packages/bench/src/run/cellThread.ts",
      "packages/cli/src/client.ts",
      "packages/cli/src/main.ts",
      "packages/cli/bin/caviar.js",
      "packages/runtime/src/parts/lineThread.ts",
      "packages/runtime/src/workers/program/keeper.ts",
      "packages/runtime/src/workers/program/process.ts",
      "packages/runtime/src/workers/program/thread.ts",
    ]);
  });
});

describe("a planted fault is found:", () => {
  const project: Project = { repository: "https://a.b/c", version: "1.0.0", license: "MIT", engines: { node: ">=20" }, licenseText: "MIT" };
  const manifest: Manifest = {
    version: "1.0.0",
    description: "A package that is there to be judged.",
    keywords: ["one", "two-words", "three"],
    homepage: "https://a.b/c/tree/main/packages/x#readme",
    bugs: { url: "https://a.b/c/issues" },
    repository: { type: "git", url: "git+https://a.b/c.git", directory: "packages/x" },
    license: "MIT",
    type: "module",
    engines: { node: ">=20" },
    sideEffects: ["./src/start.ts", "./dist/start.js", "./bin/x.js"],
    files: [
      ...["bin", "dist", "src", "!dist/.tsbuildinfo", "!src/**/*.test.ts", "!src/**/*.bench.ts", "!src/**/*.twin.ts"],
      ...["!src/**/*.fixture.ts", "!src/**/*.golden.json", "!src/tsconfig.json"],
    ],
    bin: { x: "./bin/x.js" },
    scripts: { prepublishOnly: "nx pack-check" },
    publishConfig: { access: "public" },
  };
  const published: Published = { manifest, directory: "packages/x", licenseText: "MIT", effects: ["src/start.ts", "bin/x.js"] };

  it("(the fake package is sound before the planting)", () => {
    expect(publishFaults(project, published)).toEqual([]);
  });

  it.each<readonly [field: string, value: unknown]>([
    ["version", "1.0.1"],
    ["license", undefined],
    ["engines", { node: ">=18" }],
    ["homepage", undefined],
    ["bugs", undefined],
    ["repository", { type: "git", url: "git+https://a.b/c.git" }],
    ["repository", { type: "git", url: "git+https://a.b/other.git", directory: "packages/x" }],
    ["type", "commonjs"],
    ["sideEffects", false],
    ["sideEffects", undefined],
    ["files", ["dist", "src"]],
    ["scripts", undefined],
    ["scripts", { prepublishOnly: "nx pack-check", install: "node build.js" }],
    ["publishConfig", undefined],
    ["private", true],
    ["description", "too short"],
    ["description", undefined],
    ["keywords", undefined],
    ["keywords", ["one", "two", "two"]],
    ["keywords", ["one", "two", "Three"]],
  ])("%s: %j", (field, value) => {
    expect(publishFaults(project, { ...published, manifest: { ...manifest, [field]: value } })).toEqual([
      expect.stringContaining(`packages/x/package.json: ${field}: expected`),
    ]);
  });

  it("a licence that is missing or another", () => {
    for (const licenseText of [null, "GPL"])
      expect(publishFaults(project, { ...published, licenseText })).toEqual(["packages/x/LICENSE: expected a copy of LICENSE"]);
  });

  it("a module that does something when it is loaded", () => {
    const quiet = `import { a } from "./a.ts";\nexport { b } from "./b.ts";\nexport const c = a();\ntype D = number;\nfunction e(): void {}`;
    expect(hasEffects("a.ts", quiet)).toBe(false);
    for (const order of [`import "./a.ts";`, `import "@caviar-hpo/core";`]) expect(hasEffects("a.ts", `${quiet}\n${order}`)).toBe(false);
    for (const loud of [`import "polyfill";`, "start();", "for (const x of [1]) start(x);", "if (x) start();"])
      expect(hasEffects("a.ts", `${quiet}\n${loud}`)).toBe(true);
  });
});

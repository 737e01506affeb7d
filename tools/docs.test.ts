import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cardLawNames, lawNames } from "@caviar-hpo/core/testing";
import { describe, expect, it } from "vitest";
import {
  type Block,
  blocksOf,
  commandFaults,
  languageFaults,
  linesPrintedBy,
  linesPromisedBy,
  linkFaults,
  markdownFiles,
  readBlocks,
  typeFaults,
  writeModules,
} from "./docs.ts";
import { hiddenExamples, lawsOfExports } from "./exampleLaws.ts";
import { workspaceRoot } from "./workspace.ts";

const hasPython = spawnSync("python3", ["-c", "import sys; assert sys.version_info >= (3, 6)"]).status === 0;
const scripts = Object.keys(JSON.parse(readFileSync(join(workspaceRoot, "package.json"), "utf8")).scripts);

describe("the documentation", () => {
  const blocks = readBlocks();
  const folder = join(workspaceRoot, ".cache", "docs");
  const modules = writeModules(blocks, folder);

  it("marks every block as something that is checked, or as text", () => {
    expect(languageFaults(blocks)).toEqual([]);
  });

  it("names only npm scripts that exist", () => {
    expect(commandFaults(blocks, scripts)).toEqual([]);
  });

  it("has code that type-checks", () => {
    expect(typeFaults(modules, folder)).toEqual([]);
  });

  it.for([...modules].map(([block, path]) => [`${block.file}:${block.line}`, block, path] as const))(
    "runs %s and prints what it promises",
    async ([_place, block, path], { skip }) => {
      skip(block.code.includes('"python3"') && !hasPython, "there is no python3");
      const printed = await linesPrintedBy(path);
      expect(printed).toEqual(linesPromisedBy(block.code) ?? printed);
    },
  );

  it("exports every sampler that it declares, so that it is held to the laws", () => {
    expect(hiddenExamples(blocks)).toEqual([]);
  });

  it("has only samplers, schedulers and strategies that obey the laws", async () => {
    const held = new Set<string>();
    for (const [block, path] of modules) {
      for (const law of lawsOfExports(await import(/* @vite-ignore */ path))) {
        held.add(block.file);
        law.run();
      }
    }
    expect([...held]).toEqual(["CONTRIBUTING.md", "docs/samplers.md", "docs/test-your-own-sampler.md", "packages/core/README.md"]);
  });

  it("has a heading for each law, in the order of the suite", () => {
    const page = readFileSync(join(workspaceRoot, "docs/laws.md"), "utf8");
    const headings = [...page.matchAll(/^### (.*)$/gm)].map((match) => match[1]!);
    expect(headings).toEqual([...lawNames, "Cost"]);
    for (const name of cardLawNames) expect(page).toContain(`- **${name}**`);
  });

  it("links only to files and headings that exist", () => {
    expect(linkFaults(markdownFiles())).toEqual([]);
  });
});

describe("a planted fault in the documentation is caught:", () => {
  const folder = join(workspaceRoot, ".cache", "docs-planted");
  const block = (language: string, code: string, line = 1): Block => ({ file: "planted.md", line, language, code });

  it("blocks are found with their line, whatever they contain", () => {
    const markdown = [
      "# x",
      "```ts",
      "const a = 1;",
      "```",
      "",
      "````text",
      "```ts",
      "not code",
      "```",
      "````",
      "```sh",
      "npm test",
      "```",
    ].join("\n");
    expect(blocksOf("a.md", markdown)).toEqual([
      { file: "a.md", line: 2, language: "ts", code: "const a = 1;" },
      { file: "a.md", line: 6, language: "text", code: "```ts\nnot code\n```" },
      { file: "a.md", line: 11, language: "sh", code: "npm test" },
    ]);
    expect(() => blocksOf("a.md", "```ts\nlet a;")).toThrow("a.md:1: the block is never closed");
  });

  it("a block that asks to be ignored, one without a language, another name for ts", () => {
    expect(languageFaults([block("ts ignore", ""), block("", ""), block("typescript", ""), block("ts", "")])).toHaveLength(3);
  });

  it("a link to a file that does not exist, and to a heading that a page does not have", () => {
    const file = ".cache/docs-links.md";
    writeFileSync(
      join(workspaceRoot, file),
      "# A `b` – (c): d\n[1](#a-b--c-d) [2](docs-links.md#a-b) [3](nothing.md) [4](#a)\n```text\n[5](no.md)\n```\n",
    );
    expect(linkFaults([file])).toEqual([`${file}: docs-links.md#a-b`, `${file}: nothing.md`, `${file}: #a`]);
  });

  it("an npm script that does not exist", () => {
    const text = "npm ci && npm run build\nnpm test\nnpm run bench -- --help\nnpm run nothing";
    expect(commandFaults([block("sh", text), block("text", "npm run nothing")], ["build", "test", "bench"])).toEqual([
      "planted.md:1: package.json has no script nothing",
    ]);
  });

  it("code with a wrong type, code that names no export, code that throws, code that prints something else", async () => {
    const wrongType = block("ts", "const a: number = 1;\nexport const b: string = a;", 10);
    const noExport = block("ts", 'import { nothing } from "@caviar-hpo/core";\nconsole.log(nothing);', 20);
    const throws = block("ts", 'throw new Error("planted");', 30);
    const prints = block(
      "ts",
      'console.log("a", { b: 1 });\nawait Promise.resolve();\nconsole.log("c\\nd");\n// prints: a { b: 1 }\n// prints: c\n// prints: d',
      40,
    );
    const modules = writeModules([wrongType, noExport, throws, prints], folder);
    expect(typeFaults(modules, folder)).toEqual([
      expect.stringMatching(/^planted\.md:12: error TS2322/),
      expect.stringMatching(/^planted\.md:21: error TS2305/),
    ]);
    await expect(linesPrintedBy(modules.get(throws)!)).rejects.toThrow("planted");
    expect(await linesPrintedBy(modules.get(prints)!)).toEqual(linesPromisedBy(prints.code));
    expect(linesPromisedBy("console.log(1);\n// prints: 2")).toEqual(["2"]);
    expect(linesPromisedBy("console.log(1);")).toBeNull();
  });

  it("two blocks that are files of one name", async () => {
    const one = block("ts", "// one.ts\nexport const a = 1;", 10);
    const other = block("ts", 'import { a } from "./one.ts";\nconsole.log(a);\n// prints: 1', 20);
    const modules = writeModules([one, other], folder);
    expect(typeFaults(modules, folder)).toEqual([]);
    expect(await linesPrintedBy(modules.get(other)!)).toEqual(["1"]);
    expect(() => writeModules([one, { ...one, line: 30 }], folder)).toThrow(
      "planted.md:30: expected a file name of its own, got one.ts again",
    );
  });

  it("a sampler that ignores its key, and one that is not exported", async () => {
    const coin = (key: string): string =>
      [
        'import { decode, derive, type Key, type Sampler, stream } from "@caviar-hpo/core";',
        "export const coin: Sampler<{ readonly key: Key; index: number }> = {",
        '  name: "coin",',
        "  version: 1,",
        "  can: { conditional: true, objectives: 1, constraints: true, external: true },",
        "  init: (_problem, key) => ({ key, index: 0 }),",
        "  suggest: (state, { problem }) => {",
        `    const source = stream(derive(${key}, state.index++));`,
        "    return { config: decode(problem.space, Float64Array.from({ length: problem.space.dims }, source.uniform)) };",
        "  },",
        "  tell: () => {},",
        "};",
      ].join("\n");
    const [fair, fixed] = [block("ts", coin("state.key"), 50), block("ts", coin("[1, 2, 3, 4]"), 80)];
    const modules = writeModules([fair, fixed], folder);
    const broken = async (path: string): Promise<readonly string[]> =>
      lawsOfExports(await import(/* @vite-ignore */ path)).flatMap(({ name, run }) => {
        try {
          run();
          return [];
        } catch {
          return [name];
        }
      });
    expect(await broken(modules.get(fair)!)).toEqual([]);
    expect(await broken(modules.get(fixed)!)).toEqual(["coin gives other points for another seed"]);
    const hidden = { ...fair, code: fair.code.replace("export const", "const") };
    expect(hiddenExamples([hidden, block("ts", "const other = samplerCard({});"), block("text", hidden.code), fair])).toEqual([
      "planted.md:50: export coin, so that it is held to the laws",
      "planted.md:1: export other, so that it is held to the laws",
    ]);
  });
});

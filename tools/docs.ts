/**
 * The documentation runs: every `ts` block of the Markdown files is type-checked and executed, what it prints is compared with the
 * comments `// prints: ...` at its end, and every npm command of a `sh` block exists. A block is a whole module, which
 * others import if its first line is a comment with a file name; a fragment that cannot stand alone is marked `text`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { format } from "node:util";
import { workspaceRoot } from "./workspace.ts";

export type Block = {
  /** The Markdown file, from the workspace root, and the line of the opening fence. */
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
};

const skippedFolders = new Set(["node_modules", "dist", "reports", ".cache", ".git", ".nx"]);

/**
 * README, CONTRIBUTING and all else at the root, everything under docs and benchmarks (but for reports), and the README of every package.
 */
export function markdownFiles(): readonly string[] {
  const under = (folder: string, deep: boolean): readonly string[] =>
    readdirSync(join(workspaceRoot, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return deep && !skippedFolders.has(entry.name) ? under(path, true) : [];
      return entry.name.endsWith(".md") ? [path.replaceAll("\\", "/")] : [];
    });
  return [
    ...under(".", false),
    ...["docs", "benchmarks"].filter((folder) => existsSync(join(workspaceRoot, folder))).flatMap((folder) => under(folder, true)),
    ...under("packages", true),
  ].sort();
}

export function blocksOf(file: string, markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly fence: string; readonly language: string; readonly line: number; readonly code: string[] } | null = null;
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const fence = /^\s*(`{3,}|~{3,})(.*)$/.exec(text);
    if (open === null && fence !== null) open = { fence: fence[1]!, language: fence[2]!.trim(), line: index + 1, code: [] };
    else if (open !== null && fence !== null && fence[1]!.startsWith(open.fence) && fence[2]!.trim() === "") {
      blocks.push({ file, line: open.line, language: open.language, code: open.code.join("\n") });
      open = null;
    } else if (open !== null) open.code.push(text);
  }
  if (open !== null) throw new Error(`${file}:${open.line}: the block is never closed`);
  return blocks;
}

/** Every block is code that runs, a shell command, data or plain text: nothing looks like code and is not checked. */
export function languageFaults(blocks: readonly Block[]): readonly string[] {
  const known = ["ts", "sh", "json", "text", "bibtex", "python", "yaml", "mermaid"];
  return blocks
    .filter((block) => !known.includes(block.language))
    .map((block) => `${block.file}:${block.line}: expected one of ${known.join(", ")}, got "${block.language}"`);
}

/** npm commands in `sh` blocks that package.json does not have. */
export function commandFaults(blocks: readonly Block[], scripts: readonly string[]): readonly string[] {
  return blocks
    .filter((block) => block.language === "sh")
    .flatMap((block) =>
      [...block.code.matchAll(/\bnpm (?:run(?:-script)? (?:--silent |-s )?([\w:-]+)|(test|start)\b)/g)]
        .map((match) => match[1] ?? match[2]!)
        .filter((script) => !scripts.includes(script))
        .map((script) => `${block.file}:${block.line}: package.json has no script ${script}`),
    );
}

/** Links of Markdown files to files that do not exist, or to headings that their page does not have. */
export function linkFaults(files: readonly string[]): readonly string[] {
  return files.flatMap((file) =>
    [...withoutBlocks(readFileSync(join(workspaceRoot, file), "utf8")).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)[^)]*\)/g)]
      .map((match) => match[1]!)
      .filter((target) => !resolves(file, target))
      .map((target) => `${file}: ${target}`),
  );
}

function resolves(file: string, target: string): boolean {
  const [path, anchor] = target.split("#") as [string, string?];
  const page = path === "" ? join(workspaceRoot, file) : join(workspaceRoot, dirname(file), path);
  if (!existsSync(page)) return false;
  return anchor === undefined || !page.endsWith(".md") || anchorsOf(readFileSync(page, "utf8")).includes(anchor);
}

/** The anchors of a page's headings, as GitHub makes them; the headings of one page differ. */
export function anchorsOf(markdown: string): readonly string[] {
  return [...withoutBlocks(markdown).matchAll(/^#+ (.*)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/\]\([^)]*\)/g, "")
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

export function withoutBlocks(markdown: string): string {
  return markdown.replace(/^(`{3,})[\s\S]*?^\1/gm, "");
}

/** Writes each `ts` block as a module into a folder inside the workspace, where `@caviar-hpo/*` resolves. */
export function writeModules(blocks: readonly Block[], folder: string): ReadonlyMap<Block, string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const configuration = {
    extends: relative(folder, join(workspaceRoot, "tsconfig.check.json")).replaceAll("\\", "/"),
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false, moduleDetection: "force" },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(configuration));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const modules = new Map<Block, string>();
  for (const block of blocks.filter(({ language }) => language === "ts")) {
    const path = join(folder, fileNameOf(block));
    if (existsSync(path)) throw new Error(`${block.file}:${block.line}: expected a file name of its own, got ${fileNameOf(block)} again`);
    writeFileSync(path, `${block.code}\n`);
    modules.set(block, path);
  }
  return modules;
}

/** A block that begins with the comment `// latin.ts` is a file of that name, which others import. */
function fileNameOf({ file, line, code }: Block): string {
  const named = /^\/\/ (\w+\.ts)$/.exec(code.split("\n", 1)[0]!);
  return named?.[1] ?? `${file.replace(/[^\w]+/g, "-")}-${line}.ts`;
}

/** TypeScript's complaints, with the place in the Markdown file instead of the module. */
export function typeFaults(modules: ReadonlyMap<Block, string>, folder: string): readonly string[] {
  if (modules.size === 0) return [];
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const run = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: workspaceRoot, encoding: "utf8" });
  if (run.status === 0) return [];
  const places = new Map([...modules].map(([block, path]) => [relative(workspaceRoot, path).replaceAll("\\", "/"), block]));
  return `${run.stdout}${run.stderr}`
    .trim()
    .split("\n")
    .map((line) =>
      line.replace(/^(\S+?)\((\d+),\d+\)/, (whole, path: string, row: string) => {
        const block = places.get(path);
        return block === undefined ? whole : `${block.file}:${block.line + Number(row)}`;
      }),
    );
}

/** Imports the module and returns what it printed, line by line. */
export async function linesPrintedBy(path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...values: readonly unknown[]) => {
    lines.push(...format(...values).split("\n"));
  };
  try {
    await import(/* @vite-ignore */ path);
  } finally {
    console.log = log;
  }
  return lines;
}

/** The comments `// prints: ...`, or null where a block does not say. */
export function linesPromisedBy(code: string): readonly string[] | null {
  const promised = [...code.matchAll(/^\s*\/\/ prints: (.*)$/gm)].map((match) => match[1]!.trimEnd());
  return promised.length === 0 ? null : promised;
}

export function readBlocks(): readonly Block[] {
  return markdownFiles().flatMap((file) => blocksOf(file, readFileSync(join(workspaceRoot, file), "utf8")));
}

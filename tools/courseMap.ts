/**
 * The map from the course to Caviar, docs/course-to-caviar.md, held to the code. Each row of its table names functions, as
 * `name` of `@caviar-hpo/package`, and perhaps strategies, as strategy `name`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exportsOf } from "./exports.ts";
import { workspaceRoot } from "./workspace.ts";

export type MapRow = {
  /** The course's word, in the first column. */
  readonly concept: string;
  /** Each function with the entry point that the row gives it, such as `@caviar-hpo/core/testing`. */
  readonly functions: readonly { readonly name: string; readonly entry: string }[];
  readonly strategies: readonly string[];
  /** Targets of links in the last column. */
  readonly pages: readonly string[];
};

/** The rows of the table whose first column is called `the course`. */
export function rowsOfMap(markdown: string): readonly MapRow[] {
  const lines = markdown.split("\n");
  const head = lines.findIndex((line) => line.startsWith("| the course |"));
  if (head < 0) return [];
  const body = lines.slice(head + 2);
  const end = body.findIndex((line) => !line.startsWith("|"));
  return body.slice(0, end < 0 ? body.length : end).map(rowOf);
}

/** Functions that no entry point exports under the name that the row gives. */
export function missingExports(rows: readonly MapRow[]): readonly string[] {
  return rows.flatMap(({ concept, functions }) =>
    functions
      .filter(({ name, entry }) => !valuesOf(entry).includes(name))
      .map(({ name, entry }) => `${concept}: ${entry} does not export ${name}`),
  );
}

function rowOf(line: string): MapRow {
  const cells = line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  const [concept, , caviar, read] = [cells[0] ?? "", cells[1], cells[2] ?? "", cells[3] ?? ""];
  const functions = [...caviar.matchAll(/((?:`\w+`, )*`\w+`) of `(@caviar-hpo\/[\w/-]+)`/g)].flatMap(([, names, entry]) =>
    [...names!.matchAll(/`(\w+)`/g)].map((match) => ({ name: match[1]!, entry: entry! })),
  );
  const strategies = [...caviar.matchAll(/strateg(?:y|ies) `(\w+)`(?: and `(\w+)`)?/g)].flatMap(([, first, second]) =>
    second === undefined ? [first!] : [first!, second],
  );
  return { concept, functions, strategies, pages: [...read.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!) };
}

/** What an entry point exports as values; nothing where there is no such entry point. */
function valuesOf(entry: string): readonly string[] {
  const [scope, folder, ...path] = entry.split("/");
  const manifest = JSON.parse(readFileSync(join(workspaceRoot, "node_modules", scope!, folder!, "package.json"), "utf8")) as {
    readonly exports: { readonly [path: string]: { readonly "@caviar-hpo/source"?: string } };
  };
  const source = manifest.exports[[".", ...path].join("/")]?.["@caviar-hpo/source"];
  return source === undefined ? [] : exportsOf(join(workspaceRoot, "node_modules", scope!, folder!, source)).values;
}

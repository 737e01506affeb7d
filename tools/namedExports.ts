/**
 * Functions that prose names together with their package, as `name` of `@caviar-hpo/package`: each has to be an export of that entry point.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exportsOf } from "./exports.ts";
import { workspaceRoot } from "./workspace.ts";

/** `entry` is a package or a subpath of one, such as `@caviar-hpo/core/testing`. */
export type NamedExport = { readonly name: string; readonly entry: string };

export function exportsNamedIn(text: string): readonly NamedExport[] {
  return [...text.matchAll(/((?:`\w+`(?:, | and ))*`\w+`)\s+of\s+`?(@caviar-hpo\/[\w/-]+)/g)].flatMap(([, names, entry]) =>
    [...names!.matchAll(/`(\w+)`/g)].map((match) => ({ name: match[1]!, entry: entry! })),
  );
}

/** A sentence for each name that its entry point does not export. */
export function missingExports(named: readonly NamedExport[]): readonly string[] {
  return named.filter(({ name, entry }) => !namesOf(entry).includes(name)).map(({ name, entry }) => `${entry} does not export ${name}`);
}

/** What an entry point exports; nothing where there is no such entry point. */
function namesOf(entry: string): readonly string[] {
  const [scope, folder, ...path] = entry.split("/");
  const directory = join(workspaceRoot, "node_modules", scope!, folder!);
  if (!existsSync(directory)) return [];
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
    readonly exports: { readonly [path: string]: { readonly "@caviar-hpo/source"?: string } };
  };
  const source = manifest.exports[[".", ...path].join("/")]?.["@caviar-hpo/source"];
  if (source === undefined) return [];
  const { values, types } = exportsOf(join(directory, source));
  return [...values, ...types];
}

/**
 * Functions that prose names together with their package, as `name` of `@caviar-hpo/package`: each has to be an export of that entry point.
 */
import { join } from "node:path";
import { exportsOf } from "./exports.ts";
import { type Member, readWorkspace, workspaceRoot } from "./workspace.ts";

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

const members = readWorkspace();

/** What an entry point exports; nothing where there is no such entry point. */
function namesOf(entry: string): readonly string[] {
  const source = members.flatMap(entriesOf).find(([name]) => name === entry)?.[1];
  if (source === undefined) return [];
  const { values, types } = exportsOf(join(workspaceRoot, source));
  return [...values, ...types];
}

/** The entry points of a package by their full names, each with its source file. */
export function entriesOf({ packageName, entries }: Member): readonly (readonly [entry: string, source: string])[] {
  return entries.map(([subpath, source]) => [packageName + subpath.slice(1), source]);
}

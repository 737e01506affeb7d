/** The exported functions that take a record of options, read from the sources, so that a new one cannot be forgotten by a test. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exportsOf } from "./exports.ts";
import { type Member, workspaceRoot } from "./workspace.ts";

/** Names of a package's exported functions with a parameter whose type is called …Options, …Listeners, …Definition or …Given…. */
export function optionTakers(member: Member): readonly string[] {
  const exported = new Set(member.entries.flatMap(([, source]) => exportsOf(join(workspaceRoot, source)).values));
  const folders = new Set(member.entries.map(([, source]) => join(workspaceRoot, dirname(source))));
  const found = [...folders].flatMap((folder) => sourcesBelow(folder).flatMap((file) => takersIn(readFileSync(file, "utf8"))));
  return [...new Set(found.filter((name) => exported.has(name)))].sort();
}

/** The functions of one source, whether or not they are exported from the package. */
export function takersIn(source: string): readonly string[] {
  return [...source.matchAll(/^export (?:async )?function (\w+)(?:<[^(]*>)?\(/gm)].flatMap((match) => {
    const parameters = source.slice(match.index + match[0].length, closingOf(source, match.index + match[0].length));
    return optionTypes.test(parameters) ? [match[1]!] : [];
  });
}

/** A record may also be written out in place: `options: { readonly rotate?: boolean }`. */
const optionTypes = /\w(?:Options|Listeners|Definition)\b|:\s*Given\w+|\boptions\??: \{/;

/** Where the parenthesis closes that is open at `start`. */
function closingOf(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (depth > 0 && at < source.length) {
    if (source[at] === "(") depth++;
    if (source[at] === ")") depth--;
    at++;
  }
  return at - 1;
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(path);
    return entry.name.endsWith(".ts") && !/\.(test|fixture|twin|bench)\.ts$/.test(entry.name) ? [path] : [];
  });
}

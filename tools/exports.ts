/**
 * What an entry point exports, by name: values and types. Read from the source, which must list its exports one by one (a reader of
 * an entry point sees the whole surface, and so does a reviewer of its diff).
 */
import { readFileSync } from "node:fs";

export type Exports = { readonly values: readonly string[]; readonly types: readonly string[] };

export function exportsOf(file: string): Exports {
  const text = readFileSync(file, "utf8");
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  if (/\bexport\s*\*/.test(code)) throw new Error(`${file}: an entry point lists its exports by name, not with export *`);
  const values: string[] = [];
  const types: string[] = [];
  for (const [, allTypes, list] of code.matchAll(/\bexport\s+(type\s+)?\{([^}]*)\}/g)) {
    for (const item of list!.split(",").map((part) => part.trim())) {
      if (item === "") continue;
      const name = item.replace(/^type\s+/, "").replace(/^.*\sas\s+/, "");
      (allTypes !== undefined || item.startsWith("type ") ? types : values).push(name);
    }
  }
  for (const [, kind, name] of code.matchAll(
    /^export\s+(?:declare\s+)?(const|function\*?|async function|class|type|interface)\s+(\w+)/gm,
  )) {
    (kind === "type" || kind === "interface" ? types : values).push(name!);
  }
  return { values: [...new Set(values)].sort(), types: [...new Set(types)].sort() };
}

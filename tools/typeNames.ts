/** One name per concept: the names of types that several source files declare. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readWorkspace, workspaceRoot } from "./workspace.ts";

export type SourceFile = { readonly path: string; readonly text: string };

/** The files that make up the packages, without tests and their helpers; paths from the workspace root, with slashes. */
export function readSources(): readonly SourceFile[] {
  return readWorkspace().flatMap(({ directory }) => {
    const source = join(workspaceRoot, directory, "src");
    return readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !/\.(test|fixture|twin|bench)\.ts$/.test(file))
      .sort()
      .map((file) => {
        const path = join(source, file);
        return { path: relative(workspaceRoot, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") };
      });
  });
}

/** A line for each name that types in two or more files have, with the files; sorted by name. */
export function repeatedTypeNames(files: readonly SourceFile[]): readonly RepeatedName[] {
  const places = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    for (const [, name] of text.matchAll(/^(?:export )?(?:declare )?(?:type|interface) ([A-Z]\w*)/gm)) {
      places.set(name!, (places.get(name!) ?? new Set()).add(path));
    }
  }
  return [...places]
    .filter(([, paths]) => paths.size > 1)
    .map(([name, paths]) => ({ name, paths: [...paths].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export type RepeatedName = { readonly name: string; readonly paths: readonly string[] };

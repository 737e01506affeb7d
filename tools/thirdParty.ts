/** Where packages of others are used, as docs/third-party.md tells it, compared with what the files import and the scripts run. */
import { importsOf, packageOf } from "./boundaries.ts";

/** A package, and the files, or folders with a slash at the end, that use it; paths from the workspace root. */
export type Row = { readonly name: string; readonly places: readonly string[] };

export type TextFile = { readonly path: string; readonly text: string };

/** The rows of the table `| package | where | what for |`. */
export function rowsOf(markdown: string): readonly Row[] {
  const table = markdown.split("| package | where | what for |")[1] ?? "";
  return [...table.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, name, places]) => ({
    name: name!,
    places: [...places!.matchAll(/`([^`]+)`/g)].map(([, place]) => place!),
  }));
}

/** A line per place that does not use its package, and per published source whose use has no place in the table. */
export function tableFaults(rows: readonly Row[], files: readonly TextFile[]): readonly string[] {
  const unused = rows.flatMap(({ name, places }) =>
    places
      .filter((place) => !files.some((file) => isIn(file.path, place) && usesOf(file).includes(name)))
      .map((place) => `${name}: the table says that ${place} uses it, and it does not`),
  );
  const untold = files
    .filter(({ path }) => /^packages\/\w+\/src\//.test(path) && !/\.(test|bench|twin|fixture)\.ts$/.test(path))
    .flatMap((file) =>
      usesOf(file)
        .filter((name) => !rows.some((row) => row.name === name && row.places.some((place) => isIn(file.path, place))))
        .map((name) => `${name}: ${file.path} uses it, and the table does not say so`),
    );
  return [...unused, ...untold];
}

/** The packages of others that a file imports or resolves; for package.json, the programs that its scripts start. */
export function usesOf({ path, text }: TextFile): readonly string[] {
  if (path === "package.json") {
    const { scripts } = JSON.parse(text) as { readonly scripts: Readonly<Record<string, string>> };
    return Object.values(scripts).flatMap((script) => script.split(" && ").map((command) => command.split(" ")[0]!));
  }
  const resolved = [...text.matchAll(/\bresolve\("([^".]+)(?:\/[^"]*)?"\)/g)].map(([, specifier]) => specifier!);
  return [...new Set([...importsOf(text), ...resolved].filter(isForeign).map(packageOf))];
}

function isForeign(specifier: string): boolean {
  return !/^(?:\.|node:|@caviar-hpo\/)/.test(specifier);
}

function isIn(path: string, place: string): boolean {
  return place.endsWith("/") ? path.startsWith(place) : path === place;
}

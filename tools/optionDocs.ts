/** Which optional fields of public option types do not say in their doc comment what holds when they are left out. */
import type { SourceFile } from "./typeNames.ts";

/** @param exported the names of types that entry points export; only those called `…Options` or `…Settings` are looked at. */
export function undocumentedDefaults(files: readonly SourceFile[], exported: ReadonlySet<string>): readonly string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/^export type (\w+(?:Options|Settings))\b.*\{\n([\s\S]*?)^\}/gm)]
      .filter(([, name]) => exported.has(name!))
      .flatMap(([, name, body]) => bareFields(body!).map((field) => `${path}: ${name}.${field} does not state its default`)),
  );
}

/** The optional fields of a type's body whose comment has no word of a default; callbacks have none, they are not called then. */
function bareFields(body: string): readonly string[] {
  const fields = body.matchAll(/((?:^ {2}\/\*\*[\s\S]*?\*\/\n)?)^ {2}readonly (\w+)\?:/gm);
  return [...fields].filter(([, comment, field]) => !/\bdefault/i.test(comment!) && !/^on[A-Z]/.test(field!)).map(([, , field]) => field!);
}

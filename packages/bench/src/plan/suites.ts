/** Suites: lists of problems that plans use by name. They are in the code, so that a plan means the same in any folder. */

import { type Path, reject } from "@caviar-hpo/core/read";
import { nearest } from "@caviar-hpo/core/text";
import { shippedSuites } from "./suites.generated.ts";

/** A list of problems with a name. */
export type Suite = { readonly title: string; readonly problems: readonly string[] };

/** The suites of `benchmarks/suites` by name. */
export const suites: { readonly [name: string]: Suite } = shippedSuites;

/** The ids of a suite, with ranges. @throws ConfigError for an unknown suite. */
export function suiteNamed(name: string, path: Path): readonly string[] {
  if (Object.hasOwn(suites, name)) return suites[name]!.problems;
  const names = Object.keys(suites);
  return reject(path, `one of ${names.join(", ")}`, name, `Did you mean "${nearest(name, names)}"?`);
}

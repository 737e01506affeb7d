/** What is known of tables without their numbers: Caviar has no number of a table, apart from the optima. */
import { ConfigError } from "@caviar-hpo/core";
import { nearest } from "@caviar-hpo/core/text";
import type { TableAxes } from "./table.ts";

export type TableFacts = {
  /** The name in ids. */
  readonly name: string;
  /** The name of the package that holds the table. */
  readonly from: string;
  readonly title: string;
  readonly axes: TableAxes;
  /** How often each configuration was trained, at most. */
  readonly seeds: number;
  /** The least mean over seeds; with several fidelities, at the highest one. */
  readonly optimum: number;
  /** SHA-256 of the table in the form of `encodeTable`. */
  readonly sha256: string;
  readonly source: string;
};

/** A package on the Python Package Index, by its file there. */
export type TablesPackage = {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
};

/** @throws ConfigError for an unknown name, with the nearest known one. */
export function factsNamed<F extends TableFacts>(tables: readonly F[], name: string): F {
  const found = tables.find((table) => table.name === name);
  if (found !== undefined) return found;
  const names = tables.map((table) => table.name);
  throw new ConfigError({
    code: "unknownTable",
    what: "the name of a table",
    expected: names.join(", "),
    got: JSON.stringify(name),
    remedy: `Did you mean ${nearest(name, names)}?`,
  });
}

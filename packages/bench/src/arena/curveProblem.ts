/**
 * A table of learning curves as a function of several fidelities: `lcdb-fried` tells the strategy the mean over all splits of the data, and
 * `lcdb-fried-split` the value of one split, which follows from the seed.
 */
import type { MultiFidelityFunction } from "@caviar-hpo/objectives";
import { curveTableFacts, curveTableFunction, curveTableNames } from "@caviar-hpo/objectives/tables";
import { readTable, tablesFolder } from "../tables/tableCache.ts";

const prefix = "lcdb-";
const suffix = "-split";

/** Whether an id is that of a table of learning curves, known or not. */
export function isCurveId(id: string): boolean {
  return id.startsWith(prefix);
}

/** The ids of all tables of learning curves, with the mean and with one split. */
export const curveIds: readonly string[] = curveTableNames.flatMap((name) => [`${prefix}${name}`, `${prefix}${name}${suffix}`]);

/** @throws ConfigError for an unknown table, and for one that was not fetched. */
export function curveProblem(id: string): MultiFidelityFunction {
  const drawn = id.endsWith(suffix);
  const facts = curveTableFacts(id.slice(prefix.length, drawn ? -suffix.length : undefined));
  return curveTableFunction(facts, readTable(tablesFolder(process.env), facts), drawn ? "one" : "mean");
}

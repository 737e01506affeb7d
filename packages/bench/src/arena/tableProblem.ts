/**
 * A table as a problem of points: `table-protein` gives the mean over the trainings of a configuration. `table-protein-seeds` tells the
 * strategy the value of one training, drawn by a key, and runs are judged by the mean. The time of an evaluation is the mean training time.
 */
import { ConfigError, derive } from "@caviar-hpo/core";
import { asProblem } from "@caviar-hpo/objectives";
import { type TableFunction, tableFacts, tableFunction, tableNames } from "@caviar-hpo/objectives/tables";
import { readTable, tablesFolder } from "../tables/tableCache.ts";
import { arenaKey, type PointArenaSpec } from "./arenaSpec.ts";
import type { PointProblem } from "./pointProblem.ts";

const prefix = "table-";
const suffix = "-seeds";

/** Whether an id is that of a table, known or not. */
export function isTableId(id: string): boolean {
  return id.startsWith(prefix);
}

/** The ids of all tables, with the mean and with one training. */
export const tableIds: readonly string[] = tableNames.flatMap((name) => [`${prefix}${name}`, `${prefix}${name}${suffix}`]);

/** @throws ConfigError for an unknown table, for one that was not fetched, and for noise on top of the noise of a table. */
export function tableProblem(spec: PointArenaSpec): PointProblem {
  const id = spec.instanceId;
  const drawn = id.endsWith(suffix);
  if (spec.noise !== null) refuseNoise(id, spec.noise.model);
  const fn = functionOf(id.slice(prefix.length, drawn ? -suffix.length : undefined));
  const key = derive(arenaKey(spec), "noise");
  return {
    problem: asProblem(fn),
    facts: {
      title: drawn ? `${fn.title}, one training for each evaluation` : fn.title,
      dimensions: fn.space.params.length,
      optimum: fn.optimum.value,
      tolerance: fn.optimum.tolerance,
      tags: [],
      source: fn.source,
      group: fn.id,
      box: `all ${fn.means.length} configurations of the table, the same for every seed`,
    },
    noisy: drawn,
    evaluate: fn.evaluate,
    observe: drawn ? (config, replicate) => fn.oneSeed(config, replicate, key) : fn.evaluate,
    constraintsAt: () => [],
    seconds: fn.seconds,
    population: fn.means,
  };
}

/** All seeds of a problem share one. */
const functions = new Map<string, TableFunction>();

function functionOf(name: string): TableFunction {
  const facts = tableFacts(name);
  const fn = functions.get(name) ?? tableFunction(facts, readTable(tablesFolder(process.env), facts));
  functions.set(name, fn);
  return fn;
}

function refuseNoise(id: string, model: string): never {
  throw new ConfigError({
    code: "badPlan",
    what: `plan.noise with the problem ${id}`,
    expected: "null, because a table has measured values",
    got: model,
    remedy: `For measured noise, name ${id.replace(/(?:-seeds)?$/, suffix)}.`,
  });
}

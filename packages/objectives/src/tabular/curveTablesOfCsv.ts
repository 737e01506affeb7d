/**
 * The tables in `database-accuracy.csv` of lcdb: a line for each training, with the data set, the learner, the size, the split as two
 * numbers from 0 to 4, the seconds, and the accuracy on the validation data.
 */
import { ConfigError, indexOfValue } from "@caviar-hpo/core";
import type { CurveTableFacts } from "./curveTables.ts";
import { countRows, rowOf, type Table } from "./table.ts";

const header = "openmlid,learner,size_train,size_test,outer_seed,inner_seed,traintime,score_train,score_valid,score_test";
const columns = header.split(",").length;

/**
 * Lines of other data sets are passed over.
 *
 * @returns the tables in the order of `wanted`.
 * @throws ConfigError for another header, and for tables that are not whole: each training once, with a value and a time.
 */
export function curveTablesOfCsv(wanted: readonly CurveTableFacts[], csv: Uint8Array): readonly Table[] {
  const tables = wanted.map(emptyTable);
  const places = new Map(wanted.map(({ openml }, place) => [openml, place]));
  let end = endOfLine(csv, 0);
  if (textOf(csv, 0, end).trimEnd() !== header) refuse("the learning curves", header, "another header");
  for (let at = end + 1; at < csv.length; at = end + 1) {
    end = endOfLine(csv, at);
    const place = places.get(leadingNumber(csv, at));
    if (place !== undefined) put(wanted[place]!, tables[place]!, textOf(csv, at, end));
  }
  tables.forEach(({ values }, place) => {
    const missing = values.filter((value) => value === Infinity).length;
    if (missing > 0) refuse(`the table ${wanted[place]!.name}`, "all trainings", `${missing} too few`);
  });
  return tables.map(({ seeds, values, seconds }) => ({ seeds, values, seconds: seconds.map((sum) => sum / seeds) }));
}

/** The times are sums until the table is whole. */
function emptyTable({ axes, seeds }: CurveTableFacts): Table {
  const rows = countRows(axes);
  return { seeds, values: new Float64Array(rows * seeds).fill(Infinity), seconds: new Float64Array(rows) };
}

function put(facts: CurveTableFacts, { seeds, values, seconds }: Table, line: string): void {
  const fields = line.trimEnd().split(",");
  const [, learner, size, , outer, inner, time, , accuracy] = fields;
  const split = splitOf(outer, inner);
  const [value, elapsed] = [1 - numberIn(accuracy), numberIn(time)];
  const isGood = fields.length === columns && isLearner(facts, learner) && facts.sizes.includes(Number(size)) && split >= 0;
  const row = isGood && value >= 0 && value <= 1 && elapsed >= 0 ? rowOf(facts.axes, { learner: learner!, size: Number(size) }) : -1;
  if (row < 0 || values[row * seeds + split] !== Infinity) refuse(`the table ${facts.name}`, "each training once, with its time", line);
  values[row * seeds + split] = value;
  seconds[row] = seconds[row]! + elapsed;
}

function isLearner({ axes }: CurveTableFacts, name: string | undefined): boolean {
  return name !== undefined && indexOfValue(axes[0]![1], name) >= 0;
}

/** -1 for what is no split. */
function splitOf(outer: string | undefined, inner: string | undefined): number {
  return /^[0-4][0-4]$/.test(`${outer}${inner}`) ? 5 * Number(outer) + Number(inner) : -1;
}

/** NaN for no number. */
function numberIn(field: string | undefined): number {
  return field === undefined || field === "" ? NaN : Number(field);
}

/** The number in front of the first comma; -1 if there is none. */
function leadingNumber(csv: Uint8Array, from: number): number {
  let number = 0;
  for (let at = from; at < csv.length; at++) {
    const digit = csv[at]! - 0x30;
    if (digit < 0 || digit > 9) return csv[at] === 0x2c && at > from ? number : -1;
    number = 10 * number + digit;
  }
  return -1;
}

function endOfLine(csv: Uint8Array, from: number): number {
  const end = csv.indexOf(0x0a, from);
  return end < 0 ? csv.length : end;
}

function textOf(csv: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...csv.subarray(from, to));
}

function refuse(what: string, expected: string, got: string): never {
  throw new ConfigError({ code: "badTable", what, expected, got, remedy: "Fetch the tables again." });
}

/**
 * Penguins of the Palmer Archipelago (Gorman, Williams and Fraser, *PLoS ONE* 9, 2014; CC0), from the npm package `vega-datasets` 3.2.1.
 * The package contains the file but does not export it, so the caller passes the content of the file.
 */
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { ClassificationData } from "./dataset.ts";

const species: readonly string[] = ["Adelie", "Chinstrap", "Gentoo"];
const measurements = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"];

/**
 * Makes rows of beak length, beak depth, flipper length (mm) and body mass (g). Labels: 0 Adelie, 1 Chinstrap, 2 Gentoo. Two of the 344
 * rows lack a measurement and are dropped, which leaves 342. Island and sex are left out. The rows are ordered by species, so split them
 * with a key.
 *
 * @param rows the parsed file `node_modules/vega-datasets/data/penguins.json`.
 * @throws ConfigError for anything else. The message says how to get the file.
 */
export function penguinsFrom(rows: unknown): ClassificationData {
  const penguins = readRows(rows).filter((row) => measurements.every((name) => row[name] !== null));
  const inputs = Float32Array.from(penguins.flatMap((row) => measurements.map((name) => readNumber(row, name))));
  const labels = Float32Array.from(penguins, readSpecies);
  return { kind: "classification", name: "penguins", n: labels.length, d: 4, inputs, labels, classes: 3, bayesError: null };
}

type Row = { readonly [column: string]: unknown };

function readRows(rows: unknown): readonly Row[] {
  if (!Array.isArray(rows) || rows.length === 0) throw unreadable("a list of penguins", rows);
  return rows.map((row: unknown) => {
    if (typeof row !== "object" || row === null) throw unreadable("a penguin a row", row);
    return row as Row;
  });
}

function readNumber(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== "number") throw unreadable(`a number as ${name}`, value);
  return value;
}

function readSpecies(row: Row): number {
  const index = species.indexOf(row.Species as string);
  if (index < 0) throw unreadable(`one of ${species.join(", ")} as Species`, row.Species);
  return index;
}

function unreadable(expected: string, got: unknown): ConfigError {
  return new ConfigError({
    code: "notPenguins",
    what: "penguins",
    expected,
    got: show(got),
    remedy: "Run: npm install vega-datasets, and pass the parsed file node_modules/vega-datasets/data/penguins.json.",
  });
}

import { choice, createSpace, type Problem, real, trialId } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawnStudies } from "../../testing/drawnStudy.ts";
import { hostileNames } from "../../testing/hostileNames.ts";
import { visible } from "../visible.ts";
import type { ExportedTrial } from "./exportedStudy.ts";
import { studyCsv } from "./studyCsv.ts";

/** The grammar of RFC 4180: records end with CR LF, and cells with a comma, a quote or a line end are quoted. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(text.slice(at))!;
      row.push(cell[1]?.replaceAll('""', '"') ?? cell[2]!);
      at += cell[0].length;
      if (text[at] !== ",") break;
      at++;
    }
    expect(text.slice(at, at + 2)).toBe("\r\n");
    at += 2;
    rows.push(row);
  }
  return rows;
}

const problem: Problem = {
  space: createSpace([
    ["lr", real(0, 1)],
    ["flag", choice([true, "no"])],
  ]),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: ["memory"],
  fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
  resumable: false,
};
const trial: ExportedTrial = {
  id: trialId(0),
  config: { lr: 0.5, flag: true },
  parent: null,
  status: "finished",
  curve: [{ fidelity: 9, values: [-1e-7], constraints: [-2], costSeconds: 3.5, atMilestone: true }],
  startedAtMs: 0,
  endedAtMs: 1500,
  durationSeconds: 1.5,
  worker: "w",
};

test("a row per trial, in full precision, with the columns of the user's names apart from the others", () => {
  const failed: ExportedTrial = {
    ...trial,
    id: trialId(1),
    status: "failed",
    curve: [],
    failure: { reason: "threw", error: "a, b" },
    worker: null,
  };
  const [columns, first, second] = parseCsv(
    studyCsv({ name: "s", problem, trials: [{ ...trial, annotations: { note: { a: [1] } } }, failed] }),
  );
  expect(Object.fromEntries(columns!.map((column, index) => [column, [first![index], second![index]]]))).toEqual({
    trial: ["0", "1"],
    status: ["finished", "failed"],
    fidelity: ["9", ""],
    values_loss: ["-1e-7", ""],
    constraints_memory: ["-2", ""],
    params_lr: ["0.5", "0.5"],
    params_flag: ["true", "true"],
    costSeconds: ["3.5", ""],
    started: ["1970-01-01T00:00:00.000000+00:00", "1970-01-01T00:00:00.000000+00:00"],
    ended: ["1970-01-01T00:00:01.500000+00:00", "1970-01-01T00:00:01.500000+00:00"],
    durationSeconds: ["1.5", "1.5"],
    worker: ["w", ""],
    parent: ["", ""],
    reason: ["", "threw"],
    error: ["", "a, b"],
    annotations_note: ['{"a":[1]}', ""],
  });
});

describe("names and texts of others are cells that start no formula", () => {
  test.each(hostileNames)("%j", (name) => {
    const hostile: Problem = {
      ...problem,
      space: createSpace({ x: choice([name, "other"]) }),
      objectives: [{ name, goal: "minimize" }],
      constraints: [name],
    };
    const annotations = Object.fromEntries([[name, name]]);
    const one: ExportedTrial = {
      ...trial,
      config: { x: name },
      status: "failed",
      failure: { reason: "threw", error: name },
      worker: name,
      annotations,
    };
    const [columns, row] = parseCsv(studyCsv({ name, problem: hostile, trials: [one] }));
    const shown = visible(name);
    const cellOf = (column: string): string => row![columns!.indexOf(column)]!;
    for (const column of ["params_x", "worker", "error", `annotations_${shown}`]) {
      expect([shown, `'${shown}`]).toContain(cellOf(column));
      expect(cellOf(column)).not.toMatch(/^[\s\u2400-\u2421]*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
    }
    expect(columns).toEqual(expect.arrayContaining([`values_${shown}`, `constraints_${shown}`]));
  });
});

test("every drawn study has a cell of each column in each row, and no text that starts a formula", () => {
  fc.assert(
    fc.property(drawnStudies(6), (study) => {
      const [columns, ...rows] = parseCsv(studyCsv(study));
      expect(new Set(columns).size).toBe(columns!.length);
      expect(rows.map((row) => row.length)).toEqual(study.trials.map(() => columns!.length));
      for (const cell of [...columns!, ...rows.flat()]) if (/^[\s\u2400-\u2421]*[=+\-@]/.test(cell)) expect(Number(cell)).not.toBeNaN();
    }),
  );
});

/** Optuna opens what `optunaJournal` writes, and reads the same study. */
// python: optuna
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Config, countValues, type Param, type ParamValue, type Plain, plainOf, valueAt } from "@caviar-hpo/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnStudies } from "../../../testing/drawnStudy.ts";
import type { ExportedStudy, ExportedTrial } from "../exportedStudy.ts";
import { optunaJournal } from "./journal.ts";
import { readPythonJson } from "./pythonJson.ts";

const seed = Number(process.env.CAVIAR_PEERS_SEED ?? 1) % 2 ** 31;
const script = fileURLToPath(new URL("../../../golden/optunaReads.py", import.meta.url));
const studies = fc.sample(drawnStudies(12), { seed, numRuns: 150 });

type ReadTrial = { readonly [key: string]: unknown };
type ReadStudy = { readonly [key: string]: unknown; readonly trials: readonly ReadTrial[] };

let folder: string;
let read: readonly ReadStudy[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "caviar-optuna-"));
  const paths = studies.map((study, index) => {
    const path = join(folder, `${index}.log`);
    writeFileSync(path, optunaJournal(study));
    return path;
  });
  writeFileSync(join(folder, "paths"), paths.join("\n"));
  const output = execFileSync(process.env.CAVIAR_PYTHON || "python3", [script, join(folder, "paths")], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  read = output
    .trimEnd()
    .split("\n")
    .map((line) => readPythonJson(line) as unknown as ReadStudy);
});

afterAll(() => rmSync(folder, { recursive: true }));

test("Optuna reads each drawn study without a warning, with its name, directions, objectives and constraints", () => {
  expect(read.map(({ name }) => name)).toEqual(studies.map(({ name }) => name));
  studies.forEach(({ problem }, index) => {
    const { directions, metrics, attributes } = read[index]!;
    expect(directions).toEqual(problem.objectives.map(({ goal }) => goal.toUpperCase()));
    expect(metrics).toEqual(problem.objectives.map(({ name }) => name));
    const names = (attributes as { readonly [key: string]: unknown })["caviar:constraints"];
    expect(names).toEqual(problem.constraints.length === 0 ? undefined : problem.constraints);
  });
});

test("Optuna reads each trial with its state, values, parameters and distributions", () => {
  studies.forEach((study, index) => {
    const expected = study.trials.map((trial, number) => expectedTrial(study, trial, number));
    const picked = read[index]!.trials.map(({ number, state, values, params, distributions, constraints }) => ({
      number,
      state,
      values,
      params,
      distributions,
      constraints,
    }));
    expect(picked, `study ${index}`).toEqual(expected);
  });
});

test("Optuna reads the curve of each trial with one objective at whole fidelities", () => {
  const whole = studies.flatMap((study, index) =>
    study.problem.fidelity?.whole === true && study.problem.objectives.length === 1 ? [[study, read[index]!] as const] : [],
  );
  expect(whole.length).toBeGreaterThan(5);
  for (const [study, { trials }] of whole) {
    const curves = study.trials.map(({ curve }) => Object.fromEntries(curve.map(({ fidelity, values }) => [String(fidelity), values[0]!])));
    expect(trials.map(({ intermediate }) => intermediate)).toEqual(curves);
  }
});

test("Optuna reads times in UTC and the annotations of each trial", () => {
  studies.forEach((study, index) => {
    study.trials.forEach((trial, number) => {
      const { startMs, endMs, attributes } = read[index]!.trials[number]!;
      const start = (trial.startedAtMs ?? 0) + 0;
      if (Number.isInteger(start) && start >= 0 && start < 2e12) expect(startMs).toBe(start);
      expect(endMs === null).toBe(trial.status === "running");
      expect(attributes).toEqual(expect.objectContaining({ ...trial.annotations } as object));
    });
  });
});

function expectedTrial(study: ExportedStudy, trial: ExportedTrial, number: number) {
  const { problem, trials } = study;
  const { status, config, curve } = trial;
  const reached = trials.filter((one) => one.status !== "failed" && one.curve.length > 0).map((one) => one.curve.at(-1)!.fidelity);
  const isComplete =
    (status === "finished" || status === "discarded") && curve.length > 0 && curve.at(-1)!.fidelity === Math.max(...reached);
  const state = status === "failed" ? "FAIL" : status === "running" ? "RUNNING" : isComplete ? "COMPLETE" : "PRUNED";
  const hasValue = curve.length > 0 && (state === "COMPLETE" || state === "PRUNED");
  const params = problem.space.params.filter(([name]) => Object.hasOwn(config, name));
  return {
    number,
    state,
    values: hasValue ? curve.at(-1)!.values : null,
    params: expectedParams(params, config),
    distributions: Object.fromEntries(params.map(([name, param]) => [name, expectedDistribution(plainOf(param))])),
    constraints: problem.constraints.length > 0 && curve.length > 0 ? curve.at(-1)!.constraints : null,
  };
}

function expectedParams(params: readonly (readonly [string, Param])[], config: Config) {
  return Object.fromEntries(params.map(([name, param]) => [name, inPython(plainOf(param), config[name]!)]));
}

/** Python cannot tell true from 1. */
function inPython(param: Plain, value: ParamValue): ParamValue {
  if (param.kind !== "choice") return value;
  const has = (option: ParamValue): boolean => param.options.includes(option);
  return (has(1) && has(true)) || (has(0) && has(false)) ? String(value) : value;
}

function expectedDistribution(param: Plain) {
  if (param.kind === "choice") return { name: "CategoricalDistribution", choices: param.options.map((option) => inPython(param, option)) };
  const count = countValues(param);
  const high = count === Infinity ? param.high : valueAt(param, count - 1);
  const log = param.scale === "log";
  if (param.kind === "int") return { name: "IntDistribution", low: param.low, high, log, step: param.step ?? 1 };
  if (param.step === undefined) return { name: "FloatDistribution", low: param.low, high, log, step: null };
  const fits = Math.max(Math.abs(param.low), Math.abs(param.high)) <= 1e7 * param.step;
  return {
    name: "FloatDistribution",
    low: param.low,
    high: fits ? expect.closeTo(high, 9) : param.high,
    log,
    step: fits ? param.step : null,
  };
}

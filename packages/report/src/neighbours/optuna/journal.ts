/**
 * A study as an Optuna journal, which `JournalStorage(JournalFileBackend(path))` of Optuna 5 and optuna-dashboard 0.21 open. One line
 * creates the study, one line each sets an attribute, and one line per trial has all of the trial.
 */
import { type Config, type Json, type Measurement, type Plain, type Problem, plainOf, type Trial } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { encodeProblem, stringifyWire } from "@caviar-hpo/core/wire";
import {
  type Completion,
  completions,
  type ExportedStudy,
  type ExportedTrial,
  type FidelitySteps,
  stepsOf,
  timesOf,
} from "../exportedStudy.ts";
import { isoTime } from "../isoTime.ts";
import { curveFrom, type StoredValues } from "./curve.ts";
import { distributionText, hasScale, internalValue } from "./distribution.ts";
import { impliedStatus, operation, ownPrefix, state } from "./format.ts";
import { writePythonJson } from "./pythonJson.ts";

/**
 * The journal as text. Values, parameters and constraints are as they were measured. Optuna has no ordered choices, no conditions and no
 * constraints between parameters; the study's user attribute `caviar:problem` keeps them.
 *
 * @throws what `encodeProblem` throws.
 */
export function optunaJournal(study: ExportedStudy): string {
  const { name, problem } = study;
  const writer = trialWriter(study);
  const records: Json[] = [
    {
      op_code: operation.createStudy,
      worker_id: worker,
      study_name: name,
      directions: problem.objectives.map(({ goal }) => (goal === "minimize" ? 1 : 2)),
    },
    { ...studyRecord(operation.setStudySystemAttribute), system_attr: { "study:metric_names": problem.objectives.map((one) => one.name) } },
    ...Object.entries(studyAttributes(study)).map(([key, value]) => ({
      ...studyRecord(operation.setStudyUserAttribute),
      user_attr: { [key]: value },
    })),
    ...study.trials.map(writer),
  ];
  return records.map((record) => `${writePythonJson(record)}\n`).join("");
}

const worker = "caviar";

function studyRecord(code: number) {
  return { op_code: code, worker_id: worker, study_id: 0 };
}

function studyAttributes(study: ExportedStudy): { readonly [name: string]: Json } {
  const { problem, seed, strategy, annotations } = study;
  const { fidelities } = stepsOf(study);
  return {
    ...annotations,
    [`${ownPrefix}problem`]: stringifyWire(encodeProblem(problem)),
    ...(problem.constraints.length > 0 && { [`${ownPrefix}constraints`]: problem.constraints }),
    ...(fidelities !== null && (problem.fidelity !== null || fidelities.length > 1) && { [`${ownPrefix}steps`]: fidelities }),
    ...(seed !== undefined && { [`${ownPrefix}seed`]: seed }),
    ...(strategy !== undefined && { [`${ownPrefix}strategy`]: strategy }),
  };
}

const states: { readonly [C in Completion]: number } = {
  running: state.running,
  complete: state.complete,
  partial: state.pruned,
  failed: state.fail,
};

function trialWriter(study: ExportedStudy): (trial: ExportedTrial) => Json {
  const { space } = study.problem;
  const completionOf = completions(study);
  const steps = stepsOf(study);
  const plains = new Map(space.params.map(([name, param]) => [name, plainOf(param)]));
  const distributions = new Map([...plains].map(([name, plain]) => [name, distributionText(plain)]));
  return (trial) => {
    const completion = completionOf(trial);
    const { startMs, endMs } = timesOf(trial);
    const stored = storedValues(study, trial, completion, steps);
    const isSingle = study.problem.objectives.length === 1;
    return {
      ...studyRecord(operation.createTrial),
      datetime_start: isoTime(startMs),
      state: states[completion],
      value: isSingle ? (stored.values?.[0] ?? null) : null,
      values: isSingle ? null : stored.values,
      ...(endMs !== null && { datetime_complete: isoTime(endMs) }),
      distributions: byName(trial.config, (name) => distributions.get(name)!),
      params: byName(trial.config, (name, value) => internalValue(plains.get(name)!, value)),
      user_attrs: {
        ...trial.annotations,
        ...statusAttributes(trial, completion),
        ...scalesOf(plains, trial.config),
        ...(stored.costSeconds !== null && { [`${ownPrefix}costSeconds`]: stored.costSeconds }),
        ...(!saysAll(study.problem, trial, stored, steps) && { [`${ownPrefix}curve`]: trial.curve.map(toldOf) }),
      },
      system_attrs: stored.constraints === null ? {} : { constraints: stored.constraints },
      intermediate_values: Object.fromEntries(stored.intermediate),
    };
  };
}

/** A user's parameter may have any name, so members are defined and not assigned. */
function byName(config: Config, write: (name: string, value: Config[string]) => Json): Json {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, write(name, value)]));
}

function storedValues({ problem }: ExportedStudy, { curve }: Trial, completion: Completion, steps: FidelitySteps): StoredValues {
  const last = curve.at(-1);
  const hasEnded = completion === "complete" || completion === "partial";
  const hasSteps = problem.objectives.length === 1 && (problem.fidelity !== null || curve.length > 1);
  return {
    values: hasEnded && last !== undefined ? last.values : null,
    intermediate: new Map(hasSteps ? curve.map(({ fidelity, values }) => [steps.of(fidelity), values[0]!] as const) : []),
    constraints: problem.constraints.length > 0 && last !== undefined ? last.constraints : null,
    costSeconds: curve.some(({ costSeconds }) => costSeconds > 0) ? curve.map(({ costSeconds }) => costSeconds) : null,
  };
}

/** Whether the whole curve can be read from what Optuna stores. */
function saysAll(problem: Problem, { curve }: Trial, stored: StoredValues, { fidelities }: FidelitySteps): boolean {
  const read = curveFrom(problem, stored, (step) => (fidelities === null ? step : fidelities[step - 1]!));
  return sameJson(
    curve.map(toldOf),
    read.map((told) => ({ constraints: [], costSeconds: 0, ...told })),
  );
}

function toldOf({ fidelity, values, constraints, variance, costSeconds }: Measurement) {
  return { fidelity, values, constraints, costSeconds, ...(variance !== undefined && { variance }) };
}

function statusAttributes(
  { status, failure, parent, worker: by }: ExportedTrial,
  completion: Completion,
): { readonly [name: string]: Json } {
  return {
    ...(status !== impliedStatus[states[completion]] && { [`${ownPrefix}status`]: status }),
    ...(failure !== undefined && { [`${ownPrefix}reason`]: failure.reason }),
    ...(failure?.error !== undefined && { [`${ownPrefix}error`]: failure.error }),
    ...(parent !== null && { [`${ownPrefix}parent`]: parent }),
    ...(typeof by === "string" && { [`${ownPrefix}worker`]: by }),
  };
}

/** The scales that Optuna lacks, by the names of the parameters. */
function scalesOf(plains: ReadonlyMap<string, Plain>, config: Config): { readonly [name: string]: Json } {
  const scales = Object.keys(config).flatMap((name) => {
    const plain = plains.get(name)!;
    return plain.kind === "choice" || hasScale(plain) ? [] : [[name, plain.scale] as const];
  });
  return scales.length === 0 ? {} : { [`${ownPrefix}scales`]: Object.fromEntries(scales) };
}

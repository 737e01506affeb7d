/** A study of an Optuna journal as a problem of Caviar, and its trials as they can be observed. */
import {
  CaviarError,
  type Config,
  checkConfig,
  JournalError,
  type Json,
  type ParamValue,
  type Plain,
  type Problem,
  plainOf,
  type Told,
  type TrialFailure,
  type TrialStatus,
} from "@caviar-hpo/core";
import { readProblem } from "@caviar-hpo/core/contract";
import { anything, array, finite, object, oneOf, optionReader, string } from "@caviar-hpo/core/read";
import { decodeFailureReason, decodeProblem, measurementDecoder, parseWire } from "@caviar-hpo/core/wire";
import { curveFrom } from "./curve.ts";
import { constraintsOf, deriveProblem, shiftOf } from "./deriveProblem.ts";
import { optionOf } from "./deriveSpace.ts";
import { impliedStatus, ownPrefix, state } from "./format.ts";
import { type JournalParameter, type JournalStudy, type JournalTrial, replayJournal } from "./replay.ts";

export type ReadOptunaOptions = {
  /** The name of the study; by default the only study of the journal. */
  readonly study?: string;
  /** The problem that the study searched. By default, it is found out from the journal. */
  readonly problem?: Problem;
};

/** A trial of another program. */
export type ImportedTrial = {
  /** Its number in the journal. */
  readonly number: number;
  readonly config: Config;
  readonly status: TrialStatus;
  /** What it measured, by ascending fidelity. Empty if nothing is known. */
  readonly curve: readonly Told[];
  /** Present if and only if the status is `failed`. */
  readonly failure?: TrialFailure;
  /** The user attributes of the trial. */
  readonly annotations: { readonly [name: string]: Json };
};

export type ImportedStudy = {
  readonly name: string;
  readonly problem: Problem;
  /** In the order of their numbers. */
  readonly trials: readonly ImportedTrial[];
  /** What was not taken over, and why. */
  readonly leftOut: readonly { readonly what: string; readonly reason: string }[];
};

/**
 * Reads the text of an Optuna journal. A study that `optunaJournal` wrote comes back with its problem, configurations and values. For other
 * studies, the problem is found out: the space covers all distributions and values. A parameter that some finished trials lack becomes
 * conditional on an earlier choice or int that tells these trials apart. Intermediate values become measurements at the fidelity "step".
 *
 * @throws JournalError "badJournal" with the number of the line for what is no journal; "noStudy" if it has no such study, or several and
 * `study` is not given; "mixedDistributions" and "noCondition" if no space covers the trials. SpaceError, ProtocolError or LimitError for a
 * problem that Caviar does not take.
 */
export function readOptunaJournal(text: string, given: ReadOptunaOptions = {}): ImportedStudy {
  const options = readOptions(given);
  const { studies, torn } = replayJournal(text);
  const study = chosen(studies, options.study);
  const { problem, fidelityOf } = problemOf(study, options.problem);
  const trials: ImportedTrial[] = [];
  const leftOut = torn === null ? [] : [{ what: `line ${torn}`, reason: "it was not written to its end" }];
  for (const trial of study.trials) {
    const read = readTrial(problem, trial, fidelityOf);
    if (typeof read === "string") leftOut.push({ what: `trial ${trial.number}`, reason: read });
    else trials.push(read);
  }
  return { name: study.name, problem, trials, leftOut };
}

const readOptions = optionReader<ReadOptunaOptions>("readOptunaJournal", { study: string, problem: anything });

function chosen(studies: readonly JournalStudy[], name: string | undefined): JournalStudy {
  const found = name === undefined ? (studies.length === 1 ? studies[0] : undefined) : studies.find((study) => study.name === name);
  if (found !== undefined) return found;
  const names = studies.slice(0, 6).map((study) => JSON.stringify(study.name));
  throw new JournalError({
    code: "noStudy",
    what: "the journal",
    expected: name === undefined ? "one study" : `the study ${JSON.stringify(name)}`,
    got: studies.length === 0 ? "no study" : `${names.join(", ")}${studies.length > 6 ? `, … ${studies.length} in all` : ""}`,
    remedy: studies.length === 0 ? "Run the study first, or name another journal." : "Name the study.",
  });
}

type FidelityOf = (step: number) => number;

function problemOf(study: JournalStudy, given: Problem | undefined): { readonly problem: Problem; readonly fidelityOf: FidelityOf } {
  const fidelityOf = fidelitiesOf(study);
  if (given !== undefined) return { problem: readProblem(given), fidelityOf };
  const own = ownProblem(study);
  // A study that was continued elsewhere may have got other ranges.
  const fits = (problem: Problem): boolean =>
    study.trials.every((trial) => !isFinished(trial) || typeof readTrial(problem, trial, fidelityOf) !== "string");
  return own !== null && fits(own) ? { problem: own, fidelityOf } : { problem: deriveProblem(study), fidelityOf };
}

/** `optunaJournal` has written which fidelity each step is, unless a fidelity is its own step. */
function fidelitiesOf({ name, userAttributes, trials }: JournalStudy): FidelityOf {
  const steps = userAttributes.get(`${ownPrefix}steps`);
  const shift = shiftOf(trials);
  if (steps === undefined) return (step) => step + shift;
  const fidelities = array(finite, Infinity)(steps, `attribute ${ownPrefix}steps of study ${name}`);
  return (step) => fidelities[step - 1] ?? NaN;
}

function isFinished({ state: at }: JournalTrial): boolean {
  return at === state.complete || at === state.pruned || at === state.fail;
}

/** What `optunaJournal` has written. */
function ownProblem({ name, userAttributes, directions }: JournalStudy): Problem | null {
  const text = userAttributes.get(`${ownPrefix}problem`);
  if (typeof text !== "string") return null;
  const problem = decodeProblem(parseWire(text), `attribute ${ownPrefix}problem of study ${name}`);
  return problem.objectives.length === directions.length ? problem : null;
}

/** The trial, or why it cannot be taken over. */
function readTrial(problem: Problem, trial: JournalTrial, fidelityOf: FidelityOf): ImportedTrial | string {
  const implied = impliedStatus[trial.state]!;
  if (implied === null) return "it has not begun";
  try {
    const config = readConfig(problem, trial);
    const curve = readCurve(problem, trial, fidelityOf);
    if (typeof curve === "string") return curve;
    const annotations = Object.fromEntries([...trial.userAttributes].filter(([key]) => !key.startsWith(ownPrefix)));
    const status = statusOf(trial, implied, curve);
    const failure = status === "failed" ? { failure: failureOf(trial) } : {};
    return { number: trial.number, config, status, curve, annotations, ...failure };
  } catch (error) {
    if (!(error instanceof CaviarError)) throw error;
    return error.message;
  }
}

function readConfig({ space }: Problem, { params }: JournalTrial): Config {
  const plains = new Map(space.params.map(([name, param]) => [name, plainOf(param)]));
  return checkConfig(space, Object.fromEntries([...params].map(([name, parameter]) => [name, externalValue(plains.get(name), parameter)])));
}

/** Options are found by their texts, which differ. `checkConfig` refuses what is not found. */
function externalValue(plain: Plain | undefined, { value, distribution }: JournalParameter): ParamValue | undefined {
  if (distribution.kind !== "choice") return value;
  const text = String(optionOf(distribution.choices[value]!));
  return plain?.kind === "choice" ? plain.options.find((option) => String(option) === text) : undefined;
}

const decodeCurve = array(
  object(
    { fidelity: finite, values: array(finite, Infinity), constraints: array(finite, Infinity), costSeconds: finite },
    { variance: array(finite, Infinity) },
  ),
  Infinity,
);

/** Values that are not finite are left out. */
function readCurve(problem: Problem, trial: JournalTrial, fidelityOf: FidelityOf): readonly Told[] | string {
  const { values, intermediate, userAttributes } = trial;
  const own = userAttributes.get(`${ownPrefix}curve`);
  const measured = measurementDecoder(problem);
  if (own !== undefined) {
    const told: readonly Told[] = decodeCurve(own, "curve");
    for (const one of told) measured({ ...one, atMilestone: true }, "curve");
    return told;
  }
  const hasConstraints = problem.constraints.length > 0;
  const constraints = hasConstraints ? constraintsOf(trial, problem.constraints) : null;
  const costs = userAttributes.get(`${ownPrefix}costSeconds`);
  const costSeconds = costs === undefined ? null : array(finite, Infinity)(costs, "costSeconds");
  const stored = { values, intermediate, constraints, costSeconds };
  const curve = curveFrom(problem, stored, fidelityOf).filter((told) => told.values.every(Number.isFinite));
  if (hasConstraints && constraints === null && curve.length > 0) return `it has no value of ${problem.constraints.join(", ")}`;
  for (const told of curve) measured({ constraints: constraints ?? [], costSeconds: 0, ...told, atMilestone: true }, "curve");
  return curve;
}

const status = oneOf<TrialStatus>("running", "paused", "finished", "failed", "stopped", "discarded");

/** A complete trial whose value is not finite counts as failed, as in a study of Caviar. */
function statusOf({ userAttributes }: JournalTrial, implied: TrialStatus, curve: readonly Told[]): TrialStatus {
  if (implied === "finished" && curve.length === 0) return "failed";
  const own = userAttributes.get(`${ownPrefix}status`);
  return own === undefined ? implied : status(own, "status");
}

function failureOf({ state: at, userAttributes }: JournalTrial): TrialFailure {
  if (at !== state.fail) return { reason: "nonfinite" };
  const reason = userAttributes.get(`${ownPrefix}reason`);
  const error = userAttributes.get(`${ownPrefix}error`);
  return { reason: reason === undefined ? "threw" : decodeFailureReason(reason, "reason"), ...(typeof error === "string" && { error }) };
}

/**
 * What a journal says: its studies with their trials. Ids are not written in the journal. They count the accepted records, so this file
 * accepts and ignores records by the rules of `JournalStorageReplayResult` (optuna/storages/journal/_storage.py).
 */
import { CaviarError, JournalError, type Json } from "@caviar-hpo/core";
import {
  array,
  type Decoded,
  type Decoder,
  finite,
  json,
  named,
  nullable,
  number,
  object,
  oneOf,
  type Path,
  reject,
  string,
  whole,
} from "@caviar-hpo/core/read";
import { cut } from "@caviar-hpo/core/text";
import { checkFirstLine } from "./firstLine.ts";
import { operation, state } from "./format.ts";
import { readPythonJson } from "./pythonJson.ts";
import { areCompatible, decodeDistribution, type OptunaDistribution } from "./readDistribution.ts";

/** A value as Optuna stores it: the index of a choice, otherwise the value. */
export type JournalParameter = { readonly value: number; readonly distribution: OptunaDistribution };

export type JournalTrial = {
  readonly number: number;
  state: number;
  values: readonly number[] | null;
  readonly params: Map<string, JournalParameter>;
  readonly intermediate: Map<number, number>;
  readonly userAttributes: Map<string, Json>;
  readonly systemAttributes: Map<string, Json>;
};

export type JournalStudy = {
  readonly name: string;
  /** 1 to minimise, 2 to maximise. */
  readonly directions: readonly (1 | 2)[];
  readonly userAttributes: Map<string, Json>;
  readonly systemAttributes: Map<string, Json>;
  readonly trials: JournalTrial[];
  /** The first trial that has a parameter, by the parameter's name. */
  readonly firsts: Map<string, JournalTrial>;
  deleted: boolean;
};

/** `torn` is the number of the last line, if it is not complete. */
export type Journal = { readonly studies: readonly JournalStudy[]; readonly torn: number | null };

/** @throws JournalError "badJournal" with the number of the line. */
export function replayJournal(text: string): Journal {
  checkFirstLine(text);
  const books: JournalBooks = { studies: [], trials: [], distributions: new Map() };
  const lines = text.split("\n");
  // Optuna ends each record with a line end. What comes after the last one is a record that was not written to its end.
  let torn = lines.pop() === "" ? null : lines.length + 1;
  lines.forEach((line, index) => {
    const record = parseLine(line, index + 1, index === lines.length - 1 && torn === null);
    if (record === undefined) torn = index + 1;
    else apply(books, record, index + 1);
  });
  return { studies: books.studies.filter(({ deleted }) => !deleted), torn };
}

type JournalBooks = {
  readonly studies: JournalStudy[];
  readonly trials: { readonly study: JournalStudy; readonly trial: JournalTrial }[];
  /** Those that were read, by their text, because most trials repeat the texts of the one before. */
  readonly distributions: Map<string, OptunaDistribution>;
};

function lineRoot(line: number): Path {
  const code = "badJournal";
  const codes = { wrongValue: code, missingKey: code, unknownKey: code, tooMany: code };
  return { name: `line ${line} of the journal`, style: "data", error: JournalError, codes };
}

/** undefined for a last line that is not JSON. */
function parseLine(line: string, number: number, isLast: boolean): Json | undefined {
  try {
    return readPythonJson(line);
  } catch (error) {
    if (isLast && error instanceof CaviarError && error.code === "malformedJson") return undefined;
    return rethrow(error, `line ${number} of the journal`);
  }
}

function rethrow(error: unknown, what: string): never {
  if (!(error instanceof CaviarError)) throw error;
  const { expected, got, remedy } = error;
  throw new JournalError({ code: "badJournal", what, expected, got, remedy });
}

/** As `object`, but other keys are ignored: later versions of Optuna may write more. */
function fields<const R extends RecordFields, const O extends RecordFields = Record<never, never>>(required: R, optional?: O) {
  const decode = object(required, optional);
  const known = Object.keys({ ...required, ...optional });
  return (value: unknown, path: Path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return reject(path, "an object", value);
    const members = value as { readonly [key: string]: unknown };
    return decode(Object.fromEntries(known.filter((key) => Object.hasOwn(members, key)).map((key) => [key, members[key]])), path);
  };
}

type RecordFields = { readonly [name: string]: Decoder<unknown> };

const id = whole(0, Number.MAX_SAFE_INTEGER);
const anyState = oneOf(state.running, state.complete, state.pruned, state.fail, state.waiting);
/** Infinities and NaN are in journals, too. */
const numbers = array(number, Infinity);
const attributes = named(json, Infinity);
const codeOf = fields({}, { op_code: whole(0, 1000) });
const records = {
  createStudy: fields({ study_name: string, directions: array(oneOf(1, 2), Infinity, 1) }),
  ofStudy: fields({ study_id: id }, { user_attr: attributes, system_attr: attributes }),
  createTrial: fields(
    { study_id: id },
    {
      state: anyState,
      value: nullable(number),
      values: nullable(numbers),
      distributions: named(string, Infinity),
      params: named(finite, Infinity),
      user_attrs: attributes,
      system_attrs: attributes,
      intermediate_values: named(nullable(number), Infinity),
    },
  ),
  ofTrial: fields({ trial_id: id }, { user_attr: attributes, system_attr: attributes }),
  parameter: fields({ trial_id: id, param_name: string, param_value_internal: finite, distribution: string }),
  stateValues: fields({ trial_id: id, state: anyState, values: nullable(numbers) }),
  intermediate: fields({ trial_id: id, step: id, intermediate_value: nullable(number) }),
};

type Apply = (books: JournalBooks, record: Json, path: Path) => void;

const appliers: { readonly [code: number]: Apply } = {
  [operation.createStudy]: (books, record, path) => createStudy(books, records.createStudy(record, path)),
  [operation.deleteStudy]: (books, record, path) => changeStudy(books, records.ofStudy(record, path), deleteStudy),
  [operation.setStudyUserAttribute]: (books, record, path) => changeStudy(books, records.ofStudy(record, path), setAttributes),
  [operation.setStudySystemAttribute]: (books, record, path) => changeStudy(books, records.ofStudy(record, path), setAttributes),
  [operation.createTrial]: (books, record, path) => createTrial(books, records.createTrial(record, path), path),
  [operation.setTrialParameter]: (books, record, path) => setParameter(books, records.parameter(record, path), path),
  [operation.setTrialStateValues]: (books, record, path) => setStateValues(books, records.stateValues(record, path)),
  [operation.setTrialIntermediateValue]: (books, record, path) => setIntermediateValue(books, records.intermediate(record, path)),
  [operation.setTrialUserAttribute]: (books, record, path) => changeTrial(books, records.ofTrial(record, path)),
  [operation.setTrialSystemAttribute]: (books, record, path) => changeTrial(books, records.ofTrial(record, path)),
  [operation.discardTrials]: () => {},
};

function apply(books: JournalBooks, record: Json, line: number): void {
  const path = lineRoot(line);
  const { op_code: code } = codeOf(record, path);
  if (code === undefined) throw withoutCode(line, record);
  const applier = appliers[code];
  if (applier === undefined)
    reject(path, "an operation code from 0 to 10", code, "The journal is of a later version of Optuna, or is no journal.");
  applier(books, record, path);
}

function withoutCode(line: number, record: Json): JournalError {
  return new JournalError({
    code: "badJournal",
    what: `line ${line} of the journal`,
    expected: "a record of Optuna, which has an op_code",
    got: cut(JSON.stringify(record), mostShown),
    remedy: "Something else has written into the journal. Remove the line from a copy of it, and import the copy.",
  });
}

const mostShown = 60;

/** A second study of the same name is ignored, and takes no id. */
function createStudy({ studies }: JournalBooks, { study_name: name, directions }: Decoded<typeof records.createStudy>): void {
  if (studies.some((study) => study.name === name && !study.deleted)) return;
  const parts = { userAttributes: new Map(), systemAttributes: new Map(), trials: [], firsts: new Map(), deleted: false };
  studies.push({ name, directions, ...parts });
}

type StudyRecord = Decoded<typeof records.ofStudy>;

function changeStudy({ studies }: JournalBooks, record: StudyRecord, change: (study: JournalStudy, record: StudyRecord) => void): void {
  const study = studies[record.study_id];
  if (study !== undefined && !study.deleted) change(study, record);
}

function deleteStudy(study: JournalStudy): void {
  study.deleted = true;
}

function setAttributes(
  target: Pick<JournalTrial, "userAttributes" | "systemAttributes">,
  { user_attr = {}, system_attr = {} }: Decoded<typeof records.ofTrial> | Decoded<typeof records.ofStudy>,
): void {
  for (const [key, value] of Object.entries(user_attr)) target.userAttributes.set(key, value);
  for (const [key, value] of Object.entries(system_attr)) target.systemAttributes.set(key, value);
}

/** A trial of a study that was deleted takes no id. A trial that was running then keeps its id. */
function createTrial(books: JournalBooks, record: Decoded<typeof records.createTrial>, path: Path): void {
  const study = books.studies[record.study_id];
  if (study === undefined || study.deleted) return;
  const { value = null, values = null, intermediate_values: intermediate = {} } = record;
  const trial: JournalTrial = {
    number: study.trials.length,
    state: record.state ?? state.running,
    values: values ?? (value === null ? null : [value]),
    params: new Map(),
    intermediate: new Map(),
    userAttributes: new Map(Object.entries(record.user_attrs ?? {})),
    systemAttributes: new Map(Object.entries(record.system_attrs ?? {})),
  };
  for (const [step, one] of Object.entries(intermediate)) {
    if (!/^\d{1,15}$/.test(step)) reject(path, "steps that are whole numbers, 0 or more", step);
    if (one !== null) trial.intermediate.set(Number(step), one);
  }
  for (const [name, internal] of Object.entries(record.params ?? {})) {
    const text = record.distributions !== undefined && Object.hasOwn(record.distributions, name) ? record.distributions[name] : undefined;
    if (text === undefined) reject(path, "a distribution of each parameter", name);
    keepParameter(study, trial, name, checkedParameter(internal, distributionOf(books, text, path), path));
  }
  study.trials.push(trial);
  books.trials.push({ study, trial });
}

/** A distribution that Optuna would not let a trial have after the first one is ignored, with the parameter. */
function setParameter(books: JournalBooks, record: Decoded<typeof records.parameter>, path: Path): void {
  const found = open(books, record.trial_id);
  if (found === undefined) return;
  const { study, trial } = found;
  const parameter = checkedParameter(record.param_value_internal, distributionOf(books, record.distribution, path), path);
  const first = study.firsts.get(record.param_name)?.params.get(record.param_name);
  if (first !== undefined && !areCompatible(first.distribution, parameter.distribution)) return;
  keepParameter(study, trial, record.param_name, parameter);
}

function keepParameter({ firsts }: JournalStudy, trial: JournalTrial, name: string, parameter: JournalParameter): void {
  trial.params.set(name, parameter);
  const first = firsts.get(name);
  if (first === undefined || first.number > trial.number) firsts.set(name, trial);
}

function distributionOf({ distributions }: JournalBooks, text: string, path: Path): OptunaDistribution {
  const known = distributions.get(text);
  if (known !== undefined) return known;
  let parsed: Json;
  try {
    parsed = readPythonJson(text);
  } catch {
    return reject(path, "a distribution as JSON text", text);
  }
  const read = decodeDistribution(parsed, path);
  distributions.set(text, read);
  return read;
}

function checkedParameter(value: number, distribution: OptunaDistribution, path: Path): JournalParameter {
  if (distribution.kind === "choice" && !(Number.isInteger(value) && value >= 0 && value < distribution.choices.length))
    reject(path, `the index of one of ${distribution.choices.length} choices`, value);
  if (distribution.kind === "int" && !Number.isSafeInteger(value)) reject(path, "a whole number within 2^53", value);
  return { value: value + 0, distribution };
}

/** A trial that already runs is not begun a second time: of several workers that want a waiting trial, the first gets it. */
function setStateValues(books: JournalBooks, record: Decoded<typeof records.stateValues>): void {
  const trial = open(books, record.trial_id)?.trial;
  if (trial === undefined || (record.state === state.running && trial.state === state.running)) return;
  trial.state = record.state;
  if (record.values !== null) trial.values = record.values;
}

/** null stands for nothing: a number that JSON lacks is written as a word. */
function setIntermediateValue(
  books: JournalBooks,
  { trial_id, step, intermediate_value: value }: Decoded<typeof records.intermediate>,
): void {
  if (value !== null) open(books, trial_id)?.trial.intermediate.set(step, value);
}

function changeTrial(books: JournalBooks, record: Decoded<typeof records.ofTrial>): void {
  const trial = open(books, record.trial_id)?.trial;
  if (trial !== undefined) setAttributes(trial, record);
}

/** A trial that has not ended. What a journal says about one that has ended, or that does not exist, is ignored. */
function open({ trials }: JournalBooks, index: number): JournalBooks["trials"][number] | undefined {
  const found = trials[index];
  if (found === undefined) return undefined;
  const { state: at } = found.trial;
  return at === state.running || at === state.waiting ? found : undefined;
}

/**
 * The law of stores: whatever happens to a study that is stored, each trial and each job keeps its id and its end, also when the study is
 * extended, closed, left by a process that crashes, and opened again. A course of events is a list of numbers, so a property-based test can
 * draw and shrink it. A model of a few lines says what must hold after each event.
 */
import { type Event, type JobId, type Json, real, type Study, type Trial, type TrialId } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import type { Attributes, StoredTrial } from "../stored/index.ts";

/** An open study. Its space is one number `x` from 0 up. */
export type OpenedStudy = {
  readonly core: Study;
  trials(): readonly StoredTrial[];
  annotations(): Attributes;
  annotate(trial: number | null, attributes: Attributes): void;
  close(): void | Promise<void>;
};

/** A store with one study in it. */
export type StoreAtWork = {
  /** Opens the study, whose space is to be `space`, and takes it over from a process that has it open. */
  open(space: { readonly x: ReturnType<typeof real> }): Promise<OpenedStudy>;
  /** The trials and the notes as they are stored, once all that has happened is stored. */
  read(study: OpenedStudy): Promise<{ readonly trials: readonly StoredTrial[]; readonly annotations: Attributes }>;
  /** The events that are stored. */
  events(): Promise<readonly Event[]>;
  /** Deletes what only makes the start faster. */
  forgetSnapshots(): Promise<void>;
};

/** How many actions there are. Number `n` of a course carries out action `n % courseActions`; `n / courseActions` chooses the details. */
export const courseActions = 12;

/** What the law knows: for each job its trial, and whether it runs. `high` is the end of the space. */
type LawModel = {
  readonly store: StoreAtWork;
  readonly broken: string[];
  readonly jobs: Map<JobId, { readonly trial: TrialId; readonly outside: boolean; runs: boolean }>;
  study: OpenedStudy;
  high: number;
  reported: number;
};

/** What did not hold in a course of events; empty if the store kept the law. */
export async function brokenPromises(store: StoreAtWork, course: readonly number[]): Promise<readonly string[]> {
  const study = await store.open({ x: real(0, 1) });
  const model: LawModel = { store, broken: [], jobs: new Map(), study, high: 1, reported: 0 };
  for (const number of course) await act(model, number % courseActions, Math.floor(number / courseActions));
  await checkStored(model);
  await checkStart(model);
  await model.study.close();
  return model.broken;
}

async function act(model: LawModel, action: number, pick: number): Promise<void> {
  const { study } = model;
  if (action < 3) ask(model, 1 + (pick % 3));
  else if (action < 6) report(model, pick, ({ runs }) => runs);
  else if (action === 6) report(model, pick, ({ runs }) => !runs);
  else if (action === 7) observe(model, pick);
  else if (action === 8) study.core.enqueue({ x: (pick % 5) / 8 });
  else if (action === 9) note(model, pick);
  else if (action === 10) await openAgain(model, pick % 2 === 0);
  else await extend(model, pick % 2 === 0);
}

function ask(model: LawModel, want: number): void {
  for (const { id, trial } of model.study.core.ask({ want }).jobs) begin(model, id, trial, false);
}

function begin({ jobs, broken }: LawModel, id: JobId, trial: TrialId, outside: boolean): void {
  if (jobs.has(id)) broken.push(`job ${id} was handed out twice`);
  jobs.set(id, { trial, outside, runs: true });
}

type Reported = { readonly trial: TrialId; readonly outside: boolean; runs: boolean };

/** A result, or a failure, of one of the jobs. A report of a job that has ended changes nothing. */
function report(model: LawModel, pick: number, which: (job: Reported) => boolean): void {
  const chosen = [...model.jobs].filter(([, job]) => which(job));
  if (chosen.length === 0) return;
  const [id, job] = chosen[pick % chosen.length]!;
  const { core } = model.study;
  const before = plain(core.history.trials);
  const value = model.reported++;
  const { effect } = pick % 4 === 3 ? core.fail(id, "threw") : core.tell(id, { values: [value] });
  const after = plain(core.history.trials);
  if (!job.runs) {
    if (effect !== "late" && effect !== "repeated") model.broken.push(`a report of job ${id}, which had ended, was ${effect}`);
    if (!sameJson(before as Json, after as Json)) model.broken.push(`a late report of job ${id} changed a trial`);
    return;
  }
  if (core.history.trials[job.trial]!.status === "running") model.broken.push(`a report of job ${id} did not end trial ${job.trial}`);
  if (!sameJson(without(before, job.trial), without(after, job.trial))) model.broken.push(`a report of job ${id} changed another trial`);
  // A trial that ran elsewhere may have had several jobs, one after another.
  for (const other of model.jobs.values()) if (other.trial === job.trial) other.runs = false;
}

function without(trials: readonly Trial[], trial: TrialId): Json {
  return trials.filter(({ id }) => id !== trial) as readonly unknown[] as Json;
}

function observe(model: LawModel, pick: number): void {
  const { core } = model.study;
  const trial = core.history.trials.length as TrialId;
  const running = pick % 2 === 0;
  const job = core.observe({ x: (pick % 7) / 8 }, running ? { status: "running" } : { values: [model.reported++] });
  if (running !== (job !== null)) model.broken.push(`an observed trial has job ${job}`);
  if (job !== null) begin(model, job, trial, true);
}

function note({ study, reported }: LawModel, pick: number): void {
  const { length } = study.core.history.trials;
  study.annotate(pick % 2 === 0 && length > 0 ? pick % length : null, { [`note ${pick % 3}`]: reported });
}

/** Opens the study again: after it was closed, or left. All is as before. */
async function openAgain(model: LawModel, closed: boolean): Promise<void> {
  const before = await checkStored(model);
  if (closed) await model.study.close();
  model.study = await model.store.open({ x: real(0, model.high) });
  checkSame(model, "opening again", before, remembered(model.study));
}

/** Extends the study. Trials that have ended stay as they are; so do those that run elsewhere. The others end. */
async function extend(model: LawModel, closed: boolean): Promise<void> {
  const before = await checkStored(model);
  const { started } = model.study.core;
  const lost = [...model.jobs.values()].filter(({ runs, outside }) => runs && !outside);
  const unmeasured = new Set(lost.map(({ trial }) => trial)).size;
  if (closed) await model.study.close();
  model.high *= 2;
  model.study = await model.store.open({ x: real(0, model.high) });
  for (const job of lost) job.runs = false;
  const kept = ({ trials }: Remembered): Remembered["trials"] => trials.filter(({ id }) => lost.every(({ trial }) => trial !== id));
  const after = remembered(model.study);
  checkSame(model, "the extension", { ...before, trials: kept(before) }, { ...after, trials: kept(after) });
  for (const { trial } of lost)
    if (after.trials[trial]!.status === "running") model.broken.push(`trial ${trial} runs on after the extension`);
  if (model.study.core.started !== started - unmeasured)
    model.broken.push(`${model.study.core.started} trials count, not ${started - unmeasured}`);
  renumber(model);
}

/** Trials that run elsewhere have new jobs. Their earlier jobs stand for them too. */
function renumber(model: LawModel): void {
  for (const { id, trial } of model.study.core.history.running) begin(model, id, trial, true);
}

type Remembered = { readonly trials: readonly StoredTrial[]; readonly annotations: Attributes };

function remembered(study: OpenedStudy): Remembered {
  return { trials: plain(study.trials()), annotations: study.annotations() };
}

function checkSame({ broken }: LawModel, what: string, before: Remembered, after: Remembered): void {
  if (!sameJson(before as unknown as Json, after as unknown as Json))
    broken.push(`${what} turned ${JSON.stringify(before)} into ${JSON.stringify(after)}`);
}

/** What is stored is what the study says, and no two jobs have one id. */
async function checkStored(model: LawModel): Promise<Remembered> {
  const now = remembered(model.study);
  const { trials, annotations } = await model.store.read(model.study);
  checkSame(model, "storing", now, { trials, annotations });
  if (now.trials.some(({ id }, index) => id !== index)) model.broken.push("the ids of the trials have a gap");
  const ids = (await model.store.events()).flatMap((event) =>
    event.kind === "asked" ? event.jobs.map(({ id }) => id) : (beginning(event) ?? []),
  );
  if (new Set(ids).size !== ids.length) model.broken.push(`the jobs in the log are ${ids.join()}`);
  return now;
}

function beginning(event: Event): JobId | undefined {
  return event.kind === "observed" ? event.job : undefined;
}

/** With a snapshot, without one, and after a replay of all events, the strategy has the same state. */
async function checkStart(model: LawModel): Promise<void> {
  const states = [plain(model.study.core.state)];
  for (const forgets of [false, true]) {
    await model.study.close();
    if (forgets) await model.store.forgetSnapshots();
    model.study = await model.store.open({ x: real(0, model.high) });
    states.push(plain(model.study.core.state));
  }
  if (!states.every((state) => sameJson(state, states[0]!))) model.broken.push(`the states of the strategy are ${JSON.stringify(states)}`);
}

/** A copy of what is stored as JSON. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

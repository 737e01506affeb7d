/**
 * A run of a study in a browser's database: one event a step, each decided by the study and by the number of events so far. So a study that
 * continues after a fault goes through the same events as one that was never disturbed. In Node, the database is fake-indexeddb.
 */
import { choice, encode, given, type Job, type Json, real } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";
import type { DatabaseFactory, DatabaseRequest } from "../src/browser/indexedDb.ts";
import { type BrowserSeams, type BrowserStudy, type BrowserStudyOptions, openBrowserStudyOn } from "../src/browser/openBrowserStudy.ts";
import { readBrowserStudyOn } from "../src/browser/readBrowserStudy.ts";
import { type LockManager, locksHere } from "../src/browser/webLock.ts";
import type { ChosenStrategy } from "../src/studyByName.ts";

declare const indexedDB: DatabaseFactory | undefined;

/** The browser's own database and locks, or fakes. */
export async function seamsHere(): Promise<BrowserSeams> {
  const locks = locksHere() ?? fakeLocks();
  if (typeof indexedDB !== "undefined") return { databases: indexedDB, locks };
  const { IDBFactory } = await import("fake-indexeddb");
  return { databases: new IDBFactory() as unknown as DatabaseFactory, locks };
}

/** Web Locks as far as a study uses them. */
export function fakeLocks(): LockManager {
  const held = new Map<string, (reason: Error) => void>();
  return {
    request: async (name, { steal = false }, hold) => {
      const holder = held.get(name);
      if (holder !== undefined && !steal) return hold(null);
      holder?.(new Error("stolen"));
      let lose: (reason: Error) => void = () => {};
      const lost = new Promise<never>((_, reject) => {
        lose = reject;
      });
      held.set(name, lose);
      try {
        return await Promise.race([hold({ name }), lost]);
      } finally {
        if (held.get(name) === lose) held.delete(name);
      }
    },
  };
}

const space = {
  learningRate: real(1e-4, 1, { scale: "log" }),
  optimizer: choice(["adam", "sgd"]),
  momentum: given("optimizer", ["sgd"], real(0, 0.99)),
};

export type RunOptions = BrowserStudyOptions<typeof space>;
type Running = BrowserStudy<unknown>;

/** A strategy, and whether its trials are trained in steps. */
export type Subject = { readonly name: string; readonly strategy: ChosenStrategy; readonly fidelity: boolean };

export const subjects: readonly Subject[] = [
  { name: "random", strategy: "random", fidelity: false },
  { name: "sobol", strategy: "sobol", fidelity: false },
  { name: "hyperband", strategy: "hyperband", fidelity: true },
  { name: "asha", strategy: "asha", fidelity: true },
  { name: "populationBased", strategy: "populationBased", fidelity: true },
  { name: "tpe", strategy: "tpe", fidelity: false },
  { name: "bohb", strategy: "bohb", fidelity: true },
  { name: "bayesopt", strategy: { name: "bayesopt", options: { askEffort: 64 } }, fidelity: false },
];

export function optionsOf({ strategy, fidelity }: Subject): RunOptions {
  return {
    space,
    goal: "maximize",
    seed: "browser",
    strategy,
    ...(fidelity ? { fidelity: { unit: "epochs", min: 1, max: 9 }, resumable: true } : {}),
  };
}

let names = 0;

/** A name that no other test of this run has. */
export function freshName(): string {
  return `test ${names++}`;
}

/** Opens the study as another tab does after the one that had it has crashed. */
export function reopen(seams: BrowserSeams, name: string, options: RunOptions): Promise<Running> {
  return openBrowserStudyOn(seams, name, { ...options, takeOver: true }) as Promise<Running>;
}

/** Makes event number `index`, counted from 0. false if the strategy is done. */
function step({ core }: Running, index: number): boolean {
  const { running, trials } = core.history;
  const job = running[index % Math.max(1, running.length)];
  if (job === undefined || (index % 3 === 0 && running.length < 3)) {
    if (core.done) return false;
    core.ask({ want: 2 });
  } else if (index % 17 === 4) core.enqueue({ learningRate: 0.01, optimizer: "adam" });
  else if (index % 19 === 7) core.observe({ learningRate: 0.1, optimizer: "sgd", momentum: 0.5 }, { values: [-2 - index] });
  else if (index % 11 === 5) core.fail(job.id, "threw");
  else {
    const fidelity = nextMilestone(job, trials[job.trial]!.curve.at(-1)?.fidelity ?? 0);
    const unit = encode(core.problem.space, job.config);
    const bowl = -unit.reduce((sum, u) => sum + (u - 0.3) * (u - 0.3), 0) - 1 / (1 + fidelity);
    core.tell(job.id, { values: [bowl], fidelity });
  }
  return true;
}

function nextMilestone({ milestones, until }: Job, reached: number): number {
  return milestones.find((milestone) => milestone > reached) ?? until;
}

/** Steps a study until it has `events` events. */
export function advance(study: Running, from: number, events: number): void {
  for (let index = from; index < events && step(study, index); index++);
}

/** The texts in the log of a study. */
export async function logOf({ databases }: BrowserSeams, name: string): Promise<readonly string[]> {
  return (await contentOf(databases, name, "log")) as readonly string[];
}

/** The values in a store of a study, in the order of their keys. */
export async function contentOf(databases: DatabaseFactory, name: string, store: string): Promise<readonly unknown[]> {
  const database = await answer(databases.open(`caviar/${name}`, 1));
  const content = await answer(database.transaction([store], "readonly").objectStore(store).getAll());
  database.close();
  return content;
}

/** Changes the database of a study behind its back. */
export async function tamper(
  { databases }: BrowserSeams,
  name: string,
  store: string,
  change: (store: { put(value: unknown, key: string | number): unknown; delete(key: string | number): unknown }) => void,
): Promise<void> {
  const database = await answer(databases.open(`caviar/${name}`, 1));
  const transaction = database.transaction([store], "readwrite");
  change(transaction.objectStore(store));
  await new Promise<void>((resolve) => {
    transaction.oncomplete = resolve;
  });
  database.close();
}

function answer<T>(request: DatabaseRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** All that a run leaves behind: the log, the strategy's state, and the next twenty jobs. Ends the study. */
export async function remainsOf(seams: BrowserSeams, study: Running) {
  await study.saved();
  const log = await logOf(seams, study.name);
  const state = JSON.parse(stringifyWire(study.core.state)) as Json;
  const next = JSON.stringify(study.core.ask({ want: 20 }).jobs);
  await study.close();
  return { log, state, next };
}

/** The number of events that are stored. */
export async function eventsIn(seams: BrowserSeams, name: string): Promise<number> {
  await readBrowserStudyOn(seams.databases, name).catch(() => null);
  return (await logOf(seams, name)).length;
}

/** Databases in which writing transaction number `failing`, counted from 0, and all later ones are aborted, as when the storage is full. */
export function failingDatabases(databases: DatabaseFactory, failing: number): DatabaseFactory {
  let writes = 0;
  const failingDatabase = (database: object): object =>
    through(database, {
      transaction: (stores: readonly string[], mode: string, options?: object) => {
        const transaction = (database as { transaction(...all: unknown[]): { abort(): void } }).transaction(stores, mode, options);
        if (mode === "readwrite" && writes++ >= failing) transaction.abort();
        return transaction;
      },
    });
  return {
    open: (name, version) => {
      const request = databases.open(name, version);
      return through(request, {
        get result() {
          return failingDatabase(request.result);
        },
      }) as typeof request;
    },
    deleteDatabase: (name) => databases.deleteDatabase(name),
  };
}

/** The object, with some of its members replaced. */
function through<T extends object>(target: T, replaced: object): T {
  return new Proxy(target, {
    get: (_, key) => {
      if (key in replaced) return Reflect.get(replaced, key);
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
    set: (_, key, value) => Reflect.set(target, key, value, target),
  });
}

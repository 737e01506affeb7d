/**
 * Row B1 of the fault matrix: objectives that misbehave in some of their trials, on the drive loop in virtual time, and what must hold
 * whatever they do.
 */
import {
  type Config,
  choice,
  createSpace,
  type DriveOptions,
  drive,
  type Evaluate,
  type Event,
  type Job,
  type Problem,
  type ProtocolError,
  readHistory,
  real,
  replay,
  type Study,
  startStudy,
  type Trial,
  type Workbench,
} from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { type VirtualClock, virtualClock } from "@caviar-hpo/core/testing";
import { createStrategy } from "../src/strategies.ts";

export const problem: Problem = {
  space: createSpace({ rate: real(1e-4, 1, { scale: "log" }), kind: choice(["a", "b", "c"]) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epochs", min: 1, max: 9, whole: false },
  resumable: false,
};

type Misbehaviour = (job: Job, workbench: Workbench, clock: VirtualClock) => unknown;

const good = { values: [1] };
const forever = (): Promise<never> => new Promise(() => {});
/** What the objective does next is told by the workbench, and may throw: a caller that catches nothing. */
const measuring =
  (...fidelities: readonly ((until: number) => number)[]): Misbehaviour =>
  ({ until }, { measure }) => {
    for (const fidelity of fidelities) measure({ ...good, fidelity: fidelity(until) });
    return good;
  };

/** @param measures how many measurements the eager objective takes. */
export function misbehaviours(measures: number): { readonly [name: string]: Misbehaviour } {
  return {
    "throws at once": () => {
      throw new Error("CUDA out of memory");
    },
    "throws later": async (_job, _workbench, clock) => {
      await clock.sleep(500);
      throw new Error("CUDA out of memory");
    },
    "rejects with what is no error": () => Promise.reject(137),
    "returns undefined": () => undefined,
    "returns a string": async () => "0.5",
    "returns a big integer": () => 5n,
    "returns an object": () => ({ accuracy: 0.9 }),
    "returns a list with a hole": () => ({ values: Array(1) }),
    "never settles": forever,
    "settles twice": (_job, _workbench, clock) =>
      new Promise((resolve, reject) => {
        clock.after(100, () => resolve({ values: [2] }));
        clock.after(200, () => resolve({ values: [0] }));
        clock.after(300, () => reject(new Error("too late")));
      }),
    "settles after its abort": async (_job, { signal }, clock) => {
      await clock.sleep(90_000);
      return signal.aborted ? { values: [-1] } : good;
    },
    "measures after it has finished": ({ until }, { measure }, clock) => {
      for (const fidelity of [until / 2, until, 2 * until]) clock.after(1000 * fidelity, () => measure({ values: [-1], fidelity }));
      return good;
    },
    "goes back in fidelity": measuring(
      (until) => until / 2,
      (until) => until / 4,
    ),
    "goes beyond its end": measuring((until) => until + 1),
    "measures at no number": measuring(() => NaN),
    "measures very often": ({ until }, { measure }) => {
      for (let step = 1; step < measures; step++) measure({ ...good, fidelity: (until * step) / measures });
      return good;
    },
    "changes its configuration": ({ config }) => {
      (config as { rate: number }).rate = -1;
      return { values: [-1] };
    },
    "ignores the signal": async (_job, { measure }, clock) => {
      for (let step = 1; step < 200; step++) {
        await clock.sleep(1000);
        measure({ ...good, fidelity: step / 25 });
      }
      return { values: [-1] };
    },
  };
}

export type Case = {
  readonly misbehaviour: Misbehaviour;
  readonly strategy: string;
  readonly options: { readonly [name: string]: string | number | boolean | null };
  readonly workers: number;
  readonly seed: number;
};

/** A bug to plant: the study that the loop gets instead of the real one, or the objective. */
export type Bug = { readonly study?: (study: Study) => Study; readonly evaluate?: (evaluate: Evaluate) => Evaluate };

/** The number of trials of a run. */
export const budget = 8;
/** Trials 1, 4 and 7 misbehave. */
const misbehaves = (trial: number): boolean => trial % 3 === 1;
const timeoutSeconds = 60;

/** What went wrong in a run; empty if nothing did. */
export async function faultsOf({ misbehaviour, strategy, options, workers, seed }: Case, bug: Bug = {}): Promise<readonly string[]> {
  const events: Event[] = [];
  const definition = { problem, strategy: createStrategy(strategy, options, problem), seed };
  const study = startStudy(definition, (event) => events.push(event));
  const clock = virtualClock(async () => {
    for (let hop = 0; hop < 8 * workers + 8; hop++) await Promise.resolve();
  });
  const given: { readonly job: Job; readonly config: Config }[] = [];
  const evaluate: Evaluate = async (job, workbench) => {
    given.push({ job, config: { ...job.config } });
    if (misbehaves(job.trial)) return misbehaviour(job, workbench, clock) as Promise<{ readonly values: readonly number[] }>;
    for (const fidelity of job.milestones.slice(0, -1)) {
      await clock.sleep(700);
      if (!workbench.measure({ values: [worth(job, fidelity)], fidelity })) break;
    }
    await clock.sleep(700);
    return { values: [worth(job, job.until)] };
  };
  const drivenBy: DriveOptions = { workers, trials: budget, finish: true, timeoutSeconds, clock };
  const { study: wrap = (one) => one, evaluate: change = (one) => one } = bug;
  let end: string;
  try {
    end = await clock.run(drive(wrap(study), change(evaluate), drivenBy));
    // What is said after the end changes nothing.
    await clock.run(clock.sleep(1e6));
  } catch (error) {
    return [`the loop rejects: ${(error as ProtocolError).message}`];
  }
  const { trials, running } = study.history;
  return [
    ...(end === "trials" || end === "done" ? [] : [`the loop ends as ${end}`]),
    ...(trials.length <= budget ? [] : [`${trials.length} trials`]),
    ...(running.length === 0 ? [] : [`${running.length} jobs still run`]),
    ...(clock.nowMs() < 1e6 + 1000 * timeoutSeconds * 4 * budget ? [] : [`it takes ${clock.nowMs()} ms`]),
    ...given
      .filter(({ job, config }) => !Object.isFrozen(job.config) || !sameJson(job.config, config))
      .map(({ job }) => `job ${job.id} has changed`),
    ...endingsOf(events),
    ...trials.flatMap(faultsOfTrial),
    ...faultsOfLog(definition, events, trials),
  ];
}

function worth({ config }: Job, fidelity: number): number {
  return Math.abs(Math.log10(config.rate as number) + 2) + 1 / fidelity;
}

/** Each job ends once. */
function endingsOf(events: readonly Event[]): readonly string[] {
  const endings = new Map<number, number>();
  const end = (job: number): unknown => endings.set(job, (endings.get(job) ?? 0) + 1);
  for (const event of events) {
    if (event.kind === "asked") for (const { id } of event.jobs) endings.set(id, 0);
    if (event.kind === "failed" || (event.kind === "told" && event.last)) end(event.job);
    if (event.kind === "enqueued") continue;
    for (const directive of event.directives) if (directive.kind !== "discard") end(directive.job);
  }
  return [...endings].filter(([, count]) => count !== 1).map(([job, count]) => `job ${job} ends ${count} times`);
}

function faultsOfTrial({ id, status, curve, failure }: Trial): readonly string[] {
  const finite = curve.every(({ values, fidelity }) => values.length === 1 && Number.isFinite(values[0]) && Number.isFinite(fidelity));
  const heard = curve.every(({ values }) => values[0] !== -1);
  return [
    ...(finite ? [] : [`trial ${id} measures what is not finite`]),
    ...(heard ? [] : [`trial ${id} is heard after its end`]),
    ...(misbehaves(id) || status !== "failed" ? [] : [`trial ${id} fails for another's fault`]),
    ...((failure === undefined) === (status !== "failed") ? [] : [`trial ${id} is ${status} with ${failure}`]),
    ...(failure?.reason === "threw" && !failure.error ? [`trial ${id} loses what was thrown`] : []),
  ];
}

/** The log tells the history, with the strategy and without, also as text. */
function faultsOfLog(definition: Parameters<typeof replay>[0], events: readonly Event[], trials: readonly Trial[]): readonly string[] {
  const log = JSON.parse(JSON.stringify(events)) as readonly Event[];
  const again = JSON.stringify(trials);
  return [
    ...(JSON.stringify(readHistory(problem, log).trials) === again ? [] : ["the log tells another history"]),
    ...(JSON.stringify(replay(definition, log).history.trials) === again ? [] : ["the replay is another study"]),
  ];
}

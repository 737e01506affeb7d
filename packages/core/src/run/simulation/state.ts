/** The state of a simulation: the time, the running jobs, the agenda of what they do next, and the accounts of resource and of workers. */
import type { JobId } from "../../contract/ids.ts";
import type { Job } from "../../contract/trial.ts";
import { derive, type Key, root } from "../../random/key.ts";
import type { Study } from "../../study/study.ts";
import { createIncumbents, type Incumbents, type Leader } from "./incumbents.ts";
import { createQueue, type Queue } from "./queue.ts";
import { createResourceAccount, type ResourceAccount } from "./resource.ts";
import type { Run, RunKeys } from "./run.ts";
import type { Settings } from "./settings.ts";
import type { World } from "./world.ts";

/**
 * A moment at which another trial took the lead, or at which the leader measured again. `resource` is the total that was spent until then.
 */
export type Incumbent = Leader & { readonly seconds: number; readonly resource: number };

export type State = {
  readonly study: Study;
  readonly world: World;
  readonly settings: Settings;
  readonly keys: RunKeys;
  /** Whether fidelities are whole numbers. */
  readonly whole: boolean;
  /** Jobs of an earlier loop that still have to run. */
  readonly interrupted: Job[];
  readonly active: Map<JobId, Run>;
  /** By moment, then by job id: when each job reports or breaks. It may still hold jobs that have ended. */
  readonly agenda: Queue;
  readonly account: ResourceAccount;
  readonly leaders: Incumbents;
  readonly incumbents: Incumbent[];
  /** Seconds since the start. */
  now: number;
  /** How many jobs have begun. */
  jobs: number;
  busySeconds: number;
  idleSeconds: number;
  /** The resource that the jobs at work have still to spend. */
  promised: number;
};

export function createState(study: Study, world: World, settings: Settings): State {
  const { problem, history } = study;
  const key = (of: "trial" | "straggler" | "loss"): Key => derive(root(study.seed), "simulation", of);
  const state: State = {
    study,
    world,
    settings,
    keys: { trial: key("trial"), straggler: key("straggler"), loss: key("loss") },
    whole: problem.fidelity?.whole === true,
    // Reading the list of running jobs makes the study keep one from then on, which costs something at every report.
    interrupted: history.trials.some(({ status }) => status === "running") ? history.running.filter((job) => !job.observed) : [],
    active: new Map(),
    agenda: createQueue(),
    account: createResourceAccount(),
    leaders: createIncumbents(problem),
    incumbents: [],
    now: 0,
    jobs: 0,
    busySeconds: 0,
    idleSeconds: 0,
    promised: 0,
  };
  for (const { id, curve } of history.trials) {
    const measurement = curve.at(-1);
    if (measurement !== undefined) state.leaders.note(id, measurement);
  }
  return state;
}

/** Time passes; idle workers wait. */
export function passTo(state: State, moment: number): void {
  state.idleSeconds += (state.settings.workers - state.active.size) * (moment - state.now);
  state.now = moment;
}

/** A job has trained up to a fidelity: what it had promised is spent. */
export function advance(state: State, run: Run, fidelity: number): void {
  state.promised -= fidelity - run.fidelity;
  run.fidelity = fidelity;
}

/** A job ends, and its worker is free. */
export function leave(state: State, run: Run): void {
  state.active.delete(run.job.id);
  state.busySeconds += state.now - run.startedAt;
  state.promised -= run.job.until - run.fidelity;
}

/** Adds the leader to the incumbents if it is another one, or has measured again. */
export function noteLeader({ study, settings, leaders, incumbents, account, now }: State): void {
  const leader = leaders.leader(study.history.trials);
  const last = incumbents.at(-1);
  if (leader === null || (last?.trial === leader.trial && last.fidelity === leader.fidelity)) return;
  const incumbent = { seconds: now, resource: account.total, ...leader };
  incumbents.push(incumbent);
  settings.onIncumbent(incumbent);
}

/** The highest fidelity that a job's trial has reported; 0 before any. */
export function reportedFidelity(study: Study, job: Job): number {
  return study.history.trials[job.trial]!.curve.at(-1)?.fidelity ?? 0;
}

/** Whether the resource is spent, or will be by the jobs at work. */
export function isSpent({ account, promised, settings }: State): boolean {
  return account.total + promised >= settings.resource;
}

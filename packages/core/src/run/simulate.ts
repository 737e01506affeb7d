/**
 * A discrete-event simulation of many workers on a study. Time jumps from report to report, so years of training take seconds, and no real
 * clock is read. The result depends only on the study's seed, its strategy and the world. Durations, stragglers and lost workers are drawn
 * by keys of trials and jobs. Events at the same moment happen in the order of job ids. Stragglers and lost workers are those of Li et al.
 * (ASHA, MLSys 2020), appendix A.1, with a log-normal factor.
 */
import type { JobId } from "../contract/ids.ts";
import { withMethods } from "../read/decode.ts";
import { configRoot } from "../read/path.ts";
import type { Study } from "../study/study.ts";
import { fill } from "./simulation/fill.ts";
import { breakDown, breakOff, report } from "./simulation/report.ts";
import type { Resource } from "./simulation/resource.ts";
import { type SimulateOptions, settingsOf } from "./simulation/settings.ts";
import { createState, type Incumbent, isSpent, noteLeader, passTo, type State } from "./simulation/state.ts";
import type { World } from "./simulation/world.ts";

export type { SimulateOptions } from "./simulation/settings.ts";
export type { Incumbent } from "./simulation/state.ts";
export type { World } from "./simulation/world.ts";

/** The result of a simulation. */
export type Simulation = {
  /** "done": the strategy has nothing left. Otherwise the limit that ended the simulation. */
  readonly end: "done" | "trials" | "resource" | "seconds";
  /** The simulated seconds. */
  readonly seconds: number;
  readonly jobs: number;
  readonly resource: Resource;
  /** The sum over all workers of the seconds with a job. With the idle seconds, it is workers x seconds. */
  readonly busySeconds: number;
  readonly idleSeconds: number;
  /** In order of time; with several objectives by the first. At the end, the last one is the first of `bestTrials`. */
  readonly incumbents: readonly Incumbent[];
};

/**
 * Simulates a study. Jobs that the study is already running come first, and continue from where they started.
 *
 * @throws ConfigError for options or durations that are wrong. ProtocolError for a measurement that the study refuses.
 */
export function simulate(study: Study, world: World, options: SimulateOptions = {}): Simulation {
  const state = createState(study, readWorld(world, configRoot("world of simulate", "badOption")), settingsOf(options));
  noteLeader(state);
  fill(state);
  playAgenda(state);
  const end = endOf(state);
  if (end === "seconds") passTo(state, state.settings.seconds);
  for (const run of [...state.active.values()]) breakOff(state, run);
  const { now, jobs, account, busySeconds, idleSeconds, incumbents } = state;
  return { end, seconds: now, jobs, resource: account.resource(), busySeconds, idleSeconds, incumbents };
}

const readWorld = withMethods<World>("seconds", "evaluate");

/** Takes one moment after another, until the time is up or no job is at work. */
function playAgenda(state: State): void {
  const { agenda, active, settings } = state;
  for (let id = agenda.first(); id !== undefined; id = agenda.first()) {
    const moment = agenda.priority();
    if (moment > settings.seconds) return;
    agenda.pop();
    const run = active.get(id as JobId);
    if (run === undefined) continue;
    passTo(state, moment);
    const before = active.size;
    if (run.breaksAt <= run.reportsAt) breakDown(state, run);
    else report(state, run);
    noteLeader(state);
    if (active.size < before) fill(state);
  }
}

function endOf(state: State): Simulation["end"] {
  const { study, active, now, settings } = state;
  if (study.done && active.size === 0) return "done";
  if (active.size > 0 || now >= settings.seconds) return "seconds";
  return isSpent(state) ? "resource" : "trials";
}

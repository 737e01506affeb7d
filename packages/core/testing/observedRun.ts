/** A simulated study, and everything about it worked out again from its log, naively. Only tests use it. */

import type { Problem } from "../src/contract/problem.ts";
import type { Strategy } from "../src/contract/strategy.ts";
import type { Job } from "../src/contract/trial.ts";
import { derive } from "../src/random/key.ts";
import { stream } from "../src/random/stream.ts";
import { type Incumbent, type SimulateOptions, type Simulation, simulate, type World } from "../src/run/simulate.ts";
import type { Resource } from "../src/run/simulation/resource.ts";
import { encode } from "../src/space/codec.ts";
import { bestTrials } from "../src/study/best.ts";
import type { Event } from "../src/study/events.ts";
import { readHistory } from "../src/study/readHistory.ts";
import { type Study, startStudy } from "../src/study/study.ts";

export type Observed = { readonly study: Study; readonly events: readonly Event[]; readonly simulation: Simulation };

export function observe(
  problem: Problem,
  strategy: Strategy,
  world: World,
  options: SimulateOptions = {},
  seed: string | number = 0,
): Observed {
  const events: Event[] = [];
  const study = startStudy({ problem, strategy, seed }, (event) => events.push(event));
  const simulation = simulate(study, world, options);
  return { study, events, simulation };
}

/** A bowl that training deepens and noise roughens; a unit of fidelity takes a second or two; `fails` of all measurements are none. */
export function bowlWorld(problem: Problem, fails = 0): World {
  return {
    seconds: (_config, from, to, key) => (to - from) * (1 + stream(derive(key, "pace", from)).uniform()),
    evaluate: (job, fidelity, key) => {
      const source = stream(derive(key, "measurement", fidelity));
      const fate = source.uniform();
      if (fate < fails / 2) return { infeasible: true };
      const bowl = encode(problem.space, job.config).reduce((sum, u) => sum + (u - 0.3) * (u - 0.3), 0);
      const value = fate < fails ? NaN : bowl + (0.1 * source.normal()) / fidelity;
      return { values: problem.objectives.map(() => value), constraints: problem.constraints.map(() => source.uniform() - 0.9) };
    },
  };
}

/** What a job is known to have done: where it began, where it reported last, when it ended. */
type Deed = { readonly job: Job; readonly startedMs: number; at: number; endedMs: number | null };

/**
 * The account by the log alone. Of jobs that were cut off, or stopped while others reported, it knows no more than that they were;
 * `running` are those.
 */
export function accountOf(events: readonly Event[]): Resource & { readonly busySeconds: number; readonly running: readonly Deed[] } {
  const deeds: Deed[] = [];
  const highest: number[] = [];
  let trials = 0;
  let [fresh, repeated, wasted] = [0, 0, 0];
  const advance = (deed: Deed, to: number): void => {
    const known = highest[deed.job.trial] ?? 0;
    for (const [low, high] of [
      [deed.at, Math.max(deed.at, Math.min(to, known))],
      [Math.max(deed.at, Math.min(to, known)), to],
    ] as const) {
      if (high <= known) repeated += high - low;
      else fresh += high - low;
    }
    highest[deed.job.trial] = Math.max(known, to);
    deed.at = to;
  };
  for (const event of events) {
    if (event.kind === "asked") {
      for (const job of event.jobs) {
        trials = Math.max(trials, job.trial + 1);
        deeds[job.id] = { job, startedMs: event.atMs, at: job.from?.fidelity ?? 0, endedMs: null };
      }
    }
    if (event.kind === "told") {
      const deed = deeds[event.job]!;
      advance(deed, event.measurement.fidelity);
      if (event.last) deed.endedMs = event.atMs;
    }
    if (event.kind === "failed") {
      const deed = deeds[event.job]!;
      if (event.reason === "infeasible" || event.reason === "nonfinite") advance(deed, event.fidelity);
      else wasted += event.fidelity - deed.at;
      deed.endedMs = event.atMs;
    }
    if (event.kind !== "enqueued")
      for (const directive of event.directives) if (directive.kind !== "discard") deeds[directive.job]!.endedMs = event.atMs;
  }
  const ended = deeds.filter((deed) => deed.endedMs !== null);
  const busySeconds = ended.reduce((sum, deed) => sum + (deed.endedMs! - deed.startedMs) / 1000, 0);
  return { fresh, repeated, wasted, total: fresh + repeated + wasted, busySeconds, running: deeds.filter((deed) => deed.endedMs === null) };
}

/** The time and the new value of each change of the first of `bestTrials`, from a fresh read of the history after each event. */
export function leadersOf(problem: Problem, events: readonly Event[]): readonly Omit<Incumbent, "resource">[] {
  const leaders: Omit<Incumbent, "resource">[] = [];
  events.forEach((event, index) => {
    const best = bestTrials(problem, readHistory(problem, events.slice(0, index + 1)))[0];
    if (best === undefined) return;
    const { fidelity, values } = best.curve.at(-1)!;
    const last = leaders.at(-1);
    if (last?.trial === best.id && last.fidelity === fidelity) return;
    leaders.push({ trial: best.id, fidelity, value: values[0]!, seconds: event.atMs / 1000 });
  });
  return leaders;
}

/** The most jobs that ever ran at once. */
export function mostAtOnce(events: readonly Event[]): number {
  const running = new Set<number>();
  let most = 0;
  for (const event of events) {
    if (event.kind === "asked") for (const job of event.jobs) running.add(job.id);
    if (event.kind === "failed" || (event.kind === "told" && event.last)) running.delete(event.job);
    if (event.kind !== "enqueued")
      for (const directive of event.directives) if (directive.kind !== "discard") running.delete(directive.job);
    most = Math.max(most, running.size);
  }
  return most;
}

/** Functions of several fidelities in a study: jobs to milestones, promotions, failures, costs. */
import {
  type Config,
  decode,
  drive,
  type Event,
  type Json,
  root,
  type Strategy,
  type Study,
  startStudy,
  stream,
  trialId,
} from "@caviar-hpo/core";
import type { Answer, Proposal } from "@caviar-hpo/core/contract";
import { describe, expect, it } from "vitest";
import { asProblem } from "../problem.ts";
import { multiFidelityFunction } from "./catalogue.ts";
import { jobSeconds, type MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { training } from "./training.ts";

const configs = (fn: MultiFidelityFunction): readonly Config[] => {
  const draws = stream(root("configs"));
  return Array.from({ length: 40 }, () => decode(fn.space, Float64Array.from({ length: fn.space.dims }, draws.uniform)));
};

/** Starts every configuration to the first rung, then continues all that have paused there, from rung to rung. */
function climbing(fn: MultiFidelityFunction, rungs: readonly number[]): Strategy {
  type State = { started: number };
  return {
    name: "climbing",
    version: 1,
    can: { batch: false, fidelity: true, conditional: true, objectives: 1, constraints: false, external: false },
    init: (): Json => ({ started: 0 }),
    ask: (state, { history }, want): Answer => {
      const own = state as unknown as State;
      const proposals: Proposal[] = [];
      for (; own.started < configs(fn).length && proposals.length < want; own.started++) {
        proposals.push({ kind: "start", config: configs(fn)[own.started]!, until: rungs[0]! });
      }
      for (const trial of history.trials) {
        const reached = trial.curve.at(-1)?.fidelity;
        const next = rungs.find((rung) => reached !== undefined && rung > reached);
        if (trial.status === "paused" && next !== undefined && proposals.length < want) {
          proposals.push({ kind: "resume", trial: trialId(trial.id), until: next });
        }
      }
      const then = proposals.length > 0 ? "more" : history.running.length > 0 ? "wait" : "done";
      return { proposals, directives: [], then };
    },
    tell: () => [],
  };
}

async function trained(
  fn: MultiFidelityFunction,
  rungs: readonly number[],
  workers = 1,
): Promise<{ readonly study: Study; readonly events: readonly Event[] }> {
  const events: Event[] = [];
  const study = startStudy({ problem: asProblem(fn), strategy: climbing(fn, rungs), seed: 1 }, (event) => events.push(event));
  expect(await drive(study, training(fn, root("repetition")), { workers })).toBe("done");
  return { study, events };
}

describe("training in a study", () => {
  it("brings every trial from rung to rung, to the values and the costs of one run", async () => {
    const fn = multiFidelityFunction("curves-noisy-branin");
    const { study } = await trained(fn, [1, 9, 81], 3);
    expect(study.problem.fidelity).toEqual({ unit: "epoch", min: 1, max: 81, whole: true });
    expect(study.history.trials.length).toBe(40);
    for (const { config, curve, status } of study.history.trials) {
      expect(status).toBe("finished");
      expect(curve.map(({ fidelity }) => fidelity)).toEqual([1, 9, 81]);
      expect(curve.map(({ values }) => values[0])).toEqual([1, 9, 81].map((epoch) => fn.evaluate(config, epoch, root("repetition"))));
      expect(curve.map(({ costSeconds }) => costSeconds)).toEqual([
        jobSeconds(fn, config, 0, 1),
        jobSeconds(fn, config, 1, 9),
        jobSeconds(fn, config, 9, 81),
      ]);
    }
  });

  it("pays for everything again where nothing can be resumed", async () => {
    const fn = multiFidelityFunction("currin-mf");
    const { study } = await trained(fn, [1, 2]);
    for (const { curve } of study.history.trials) expect(curve.map(({ costSeconds }) => costSeconds)).toEqual([1, 10]);
  });

  it("fails what is infeasible and what diverges, each for its reason", async () => {
    const fn = multiFidelityFunction("curves-diverging-branin");
    const reasons = new Set<string>();
    let survivors = 0;
    for (let seed = 0; seed < 5; seed++) {
      const draws = root(seed);
      const study = startStudy({ problem: asProblem(fn), strategy: climbing(fn, [1, 9, 81]), seed }, (event) => {
        if (event.kind === "failed") reasons.add(event.reason);
      });
      await drive(study, training(fn, draws));
      for (const { config, status, curve } of study.history.trials) {
        const should = fn.feasible(config) && !Number.isNaN(fn.evaluate(config, 81, draws));
        expect(status).toBe(should ? "finished" : "failed");
        if (!fn.feasible(config)) expect(curve).toEqual([]);
        if (should) survivors++;
      }
    }
    expect(survivors).toBeGreaterThan(20);
    expect([...reasons].sort()).toEqual(["infeasible", "nonfinite"]);
  });

  it("passes the milestones of a job, and goes no further once it is stopped", async () => {
    const fn = multiFidelityFunction("curves-aligned-branin");
    const all = configs(fn);
    const told: [number, number, number][] = [];
    const racing: Strategy = {
      ...climbing(fn, [81]),
      ask: (_, { history }, want): Answer => {
        const next = all.slice(history.trials.length, history.trials.length + want);
        const proposals = next.map((config): Proposal => ({ kind: "start", config, milestones: [3, 9], until: 81 }));
        return { proposals, directives: [], then: proposals.length > 0 ? "more" : history.running.length > 0 ? "wait" : "done" };
      },
      tell: (_, __, report) => {
        if (report.kind === "failed") throw new Error(report.reason);
        const { fidelity, values, costSeconds } = report.measurement;
        told.push([report.trial, fidelity, costSeconds]);
        return fidelity === 9 && values[0]! > 0.7 ? [{ kind: "stop", job: report.job }] : [];
      },
    };
    const study = startStudy({ problem: asProblem(fn), strategy: racing, seed: 1 });
    await drive(study, training(fn, root("repetition")));
    for (const { id, config, status } of study.history.trials) {
      const stops = fn.evaluate(config, 9) > 0.7;
      expect(status).toBe(stops ? "stopped" : "finished");
      expect(told.filter(([trial]) => trial === id)).toEqual(
        (stops ? [3, 9] : [3, 9, 81]).map((epoch) => [id, epoch, fn.costSeconds(config, epoch)]),
      );
    }
    expect(new Set(study.history.trials.map(({ status }) => status)).size).toBe(2);
  });
});

/** Trials that are trained step by step, with checkpoints: by objectives as users write them. */
import { type Event, type Strategy, trialId } from "@caviar-hpo/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { createStudy, type ObjectiveFunction, planOf, real, type Study, type StudyOptions } from "./index.ts";

type Model = { readonly rate: number; readonly epoch: number };
type Config = { readonly rate: number };

const space = { rate: real(1e-4, 1, { scale: "log" }) };
const fidelity = { unit: "epochs", min: 1, max: 9, whole: true } as const;
const loss = ({ rate, epoch }: Model): number => Math.abs(Math.log10(rate) + 2) + 1 / epoch;

/** Trains epoch by epoch from where its checkpoint is; `log` has each epoch. */
function trainer(log: string[]): ObjectiveFunction<Config, Model> {
  return async ({ config, trial, until, load, save, measure }) => {
    let model = load() ?? { rate: config.rate, epoch: 0 };
    while (model.epoch < until) {
      await Promise.resolve();
      model = { rate: config.rate, epoch: model.epoch + 1 };
      log.push(`${trial}@${model.epoch}`);
      save(model, model.epoch);
      if (model.epoch < until && !measure(loss(model), model.epoch)) break;
    }
    return loss(model);
  };
}

function open(options: Partial<StudyOptions<typeof space, Model>> = {}): Study<Config, Model> {
  return createStudy<typeof space, Model>({
    space,
    fidelity,
    seed: 3,
    strategy: { name: "hyperband", options: { iterations: 1 } },
    ...options,
  });
}

describe("hyperband", () => {
  it("trains each epoch once with checkpoints, as its table says", async () => {
    for (const workers of [1, 4]) {
      const log: string[] = [];
      const study = open({ checkpoints: new Map<string, Model>() });
      const best = await study.optimize(trainer(log), { trials: 100, workers });
      expect(log).toHaveLength(69);
      expect(new Set(log).size).toBe(69);
      expect(planOf("hyperband", {}, { fidelity })).toMatch(/^all +17 +22 +78 +69$/m);
      expect(study.checkpoint(best.trial)).toEqual({ rate: best.config.rate, epoch: 9 });
      expect(best.value).toBe(Math.min(...study.core.history.trials.map((trial) => trial.curve.at(-1)!.values[0]!)));
    }
  });

  it("trains from scratch without checkpoints, and keeps nothing", async () => {
    const log: string[] = [];
    const study = open();
    const best = await study.optimize(trainer(log), { trials: 100, workers: 3 });
    expect(log).toHaveLength(78);
    expect(study.checkpoint(best.trial)).toBeNull();
    const resumed = open({ resumable: true });
    await resumed.optimize(trainer([]), { trials: 100, workers: 3 });
    expect(resumed.core.history.trials.map((trial) => trial.config)).toEqual(study.core.history.trials.map((trial) => trial.config));
    expect(resumed.best()).toEqual(study.best());
  });

  it("keeps the checkpoints of trials that may continue, and of trials that came to the end", async () => {
    const checkpoints = new Map<string, Model>();
    const study = open({ checkpoints });
    await study.optimize(trainer([]), { trials: 100 });
    const kept = new Set([...checkpoints.keys()].map((name) => Number(name.split("@")[0])));
    const ended = study.core.history.trials.filter((trial) => trial.status === "finished").map((trial) => trial.id);
    expect([...kept].sort((a, b) => a - b)).toEqual(ended);
    expect(ended).toHaveLength(5);
  });

  it("tells who trains where decisions are made", async () => {
    const seen = new Set<string>();
    const study = open({ strategy: { name: "asha", options: { variant: "stopping", configurations: 4 } } });
    await study.optimize(
      ({ until, milestones, measure }) => {
        seen.add(`${milestones.join(" ")} of ${until}`);
        for (const epoch of milestones.slice(0, -1)) if (!measure(1 / epoch, epoch)) break;
        return 0;
      },
      { trials: 9 },
    );
    expect([...seen]).toEqual(["1 3 9 of 9"]);
  });

  it("whose objective adds its fractions up finds its checkpoints, and passes over what is gone", async () => {
    for (const lost of [false, true]) {
      const checkpoints = new Map<string, number>();
      const loaded: (number | null)[] = [];
      const study = createStudy<typeof space, number>({
        space,
        fidelity: { unit: "share of the data", min: 0.1, max: 0.9 },
        strategy: { name: "successiveHalving", options: { iterations: 1 } },
        checkpoints,
      });
      await study.optimize(
        ({ config, from, until, load, save, measure }) => {
          let share = load() ?? 0;
          if (from !== null) loaded.push(share);
          while (share < until - 1e-6) {
            share += 0.1;
            save(share, share);
            if (share < until - 1e-6 && !measure(config.rate + 1 / share, share)) break;
          }
          if (lost) checkpoints.clear();
          return config.rate + 1 / until;
        },
        { trials: 100 },
      );
      // Three trials set out from 0.1, and one from 0.1 + 0.1 + 0.1.
      expect(loaded).toEqual(lost ? [0, 0, 0, 0] : [0.1, 0.1, 0.1, 0.1 + 0.1 + 0.1]);
      const { trials } = study.core.history;
      expect(trials.map(({ status }) => status)).not.toContain("failed");
      const reached = trials.map(({ curve }) => curve.at(-1)!.fidelity).sort((a, b) => a - b);
      expect(reached).toEqual([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.3, 0.9]);
    }
  });

  it("whose trials are spent in the middle of a rung still trains the best of them to the end", async () => {
    const study = open({ checkpoints: new Map<string, Model>() });
    const best = await study.optimize(trainer([]), { trials: 7, workers: 2 });
    expect(study.core.history.trials.map((trial) => trial.curve.at(-1)!.fidelity).sort((a, b) => b - a)).toEqual([9, 3, 3, 1, 1, 1, 1]);
    expect(study.checkpoint(best.trial)?.epoch).toBe(9);
  });

  it("continues from its log and its checkpoints after a crash; or from its log alone, and trains again what is lost", async () => {
    for (const lost of [false, true]) {
      const events: Event[] = [];
      const log: string[] = [];
      const checkpoints = new Map<string, Model>();
      const controller = new AbortController();
      const first = open({ checkpoints, onEvent: (event) => events.push(event) });
      const train = trainer(log);
      const interrupted: typeof train = (assignment) => {
        if (log.length >= 30) controller.abort();
        return train(assignment);
      };
      await first.optimize(interrupted, { trials: 100, signal: controller.signal });
      const trained = log.length;
      const again = open({ checkpoints: lost ? new Map<string, Model>() : checkpoints, events });
      const best = await again.optimize(train, { trials: 100 });
      expect(again.core.done).toBe(true);
      expect(best.value).toBe(again.core.history.trials[best.trial]!.curve[8]!.values[0]);
      for (const { curve, status } of again.core.history.trials)
        if (status !== "failed") expect(curve.map((one) => one.fidelity)).toEqual(curve.map((_, index) => index + 1));
      const repeated = log.slice(trained).filter((name) => log.slice(0, trained).includes(name));
      expect(repeated.length > 0).toBe(lost);
    }
  });
});

describe("checkpoints that are taken over", () => {
  it.each(["populationBased", "panda"])("by %s: a model continues with other hyperparameters", async (name) => {
    const study = open({
      strategy: { name, options: name === "panda" ? { segments: 3 } : { population: 6, segments: 3 } },
      checkpoints: new Map<string, Model>(),
    });
    const passed: { readonly to: number; readonly rate: number; readonly model: Model }[] = [];
    const train = trainer([]);
    await study.optimize(
      (assignment) => {
        const model = assignment.load();
        if (assignment.from !== null) expect(model?.epoch).toBe(assignment.from.fidelity);
        if (model !== null) passed.push({ to: assignment.trial, rate: assignment.config.rate, model });
        return train(assignment);
      },
      { trials: 30, workers: 2 },
    );
    expect(passed.some(({ rate, model }) => model.rate !== rate)).toBe(true);
  });

  /** Trial 0 is trained to 1, trial 1 takes it over, and trial 0 is given up at once. */
  const heir: Strategy<{ asked: number }> = {
    name: "heir",
    version: 1,
    can: { batch: false, fidelity: true, conditional: true, objectives: 1, constraints: true, external: true, resumes: true },
    init: () => ({ asked: 0 }),
    ask: (state, { history }) => {
      state.asked++;
      if (state.asked > 2) return { proposals: [], directives: [], then: "done" };
      if (state.asked === 1) return { proposals: [{ kind: "start", config: { rate: 0.5 }, until: 1 }], directives: [], then: "wait" };
      const parent = history.trials[0]!.id;
      return {
        proposals: [{ kind: "clone", parent, at: 1, config: { rate: 0.25 }, until: 2 }],
        directives: [{ kind: "discard", trial: parent }],
        then: "wait",
      };
    },
    tell: () => [],
  };

  it("exist until no trial continues from them", async () => {
    const checkpoints = new Map<string, Model>();
    const study = open({ strategy: heir, checkpoints });
    const seen: unknown[] = [];
    await study.optimize(
      ({ config, until, load, save }) => {
        seen.push([load(), [...checkpoints.keys()]]);
        save({ rate: config.rate, epoch: until });
        return until;
      },
      { trials: 5 },
    );
    expect(seen).toEqual([
      [null, []],
      [{ rate: 0.5, epoch: 1 }, ["0@1"]],
    ]);
    expect([...checkpoints.keys()]).toEqual(["1@2"]);
    expect(study.checkpoint(trialId(0))).toBeNull();
  });
});

describe("a checkpoint", () => {
  it("of work that was stopped comes too late", async () => {
    const checkpoints = new Map<string, Model>();
    const controller = new AbortController();
    const study = open({ checkpoints });
    const late: (() => void)[] = [];
    await study
      .optimize(
        ({ config, until, save }) => {
          late.push(() => save({ rate: config.rate, epoch: until }));
          controller.abort();
          return new Promise<number>(() => {});
        },
        { trials: 3, signal: controller.signal },
      )
      .catch(() => {});
    for (const save of late) save();
    expect([late.length, checkpoints.size]).toEqual([1, 0]);
  });

  it("has the type of what is kept", () => {
    const study = createStudy({ space, fidelity, checkpoints: new Map<string, Model>() });
    expectTypeOf(study.checkpoint(trialId(0))).toEqualTypeOf<Model | null>();
    expect(study.checkpoint(trialId(0))).toBeNull();
    expect(study.core.problem.resumable).toBe(true);
    expect(createStudy({ space, fidelity, resumable: false, checkpoints: new Map<string, Model>() }).core.problem.resumable).toBe(false);
  });
});

/** Trials that lost in a bracket cannot continue any more, and still inform the samplers of the next bracket. */
import { bayesoptSampler } from "@caviar-hpo/bayesopt";
import {
  type Composed,
  compose,
  createSpace,
  drive,
  type Job,
  type Json,
  real,
  type Sampler,
  type Study,
  startStudy,
} from "@caviar-hpo/core";
import { hyperband } from "@caviar-hpo/hyperband";
import { bohbSampler, dehbSampler, tpeSampler } from "@caviar-hpo/samplers";
import { describe, expect, it } from "vitest";

const worth = ({ config, until }: Job): { readonly values: readonly number[] } => ({ values: [(config.x as number) + 1 / until] });

/** One bracket of 9 trials is over: one was trained to the end, eight were given up. */
async function afterOneBracket<S extends Json>(sampler: Sampler<S>): Promise<Study> {
  const study = startStudy({
    problem: {
      space: createSpace({ x: real(0, 1) }),
      objectives: [{ name: "loss", goal: "minimize" }],
      constraints: [],
      fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
      resumable: true,
    },
    strategy: compose(hyperband(), sampler),
    seed: 5,
  });
  await drive(study, worth, { trials: 9, workers: 3 });
  expect(study.history.trials.map((trial) => trial.status).sort()).toEqual([...Array(8).fill("discarded"), "finished"]);
  return study;
}

/** What was left behind: configuration and last value. */
function losersOf(study: Study): readonly { readonly x: number; readonly value: number; readonly fidelity: number }[] {
  return study.history.trials
    .filter((trial) => trial.status === "discarded")
    .map(({ config, curve }) => ({ x: config.x as number, value: curve.at(-1)!.values[0]!, fidelity: curve.at(-1)!.fidelity }));
}

describe("trials that were given up", () => {
  it("are among the good and the bad ones of tpe", async () => {
    const study = await afterOneBracket(tpeSampler({ startup: 5 }));
    expect(study.ask().jobs[0]!.note).toEqual({ by: "model", good: 1, bad: 8 });
  });

  it("are the measurements that bohb's model is made of, at the highest fidelity that has enough", async () => {
    const study = await afterOneBracket(bohbSampler({ random: 0 }));
    expect(study.ask().jobs[0]!.note).toEqual({ by: "model", fidelity: 1, good: 2, bad: 7 });
  });

  it("are points that the Gaussian process passes through, at the fidelity that it models", async () => {
    const study = await afterOneBracket(bayesoptSampler({ initial: 5, askEffort: 64, noise: "none", warp: "identity" }));
    const losers = losersOf(study).filter((one) => one.fidelity === 3);
    expect(losers).toHaveLength(2);
    const { mean, sd } = study.predict(losers.map(({ x }) => ({ x })))!;
    losers.forEach(({ value }, index) => {
      expect(Math.abs(mean[index]! - value)).toBeLessThan(1e-3);
      expect(sd[index]).toBeLessThan(1e-3);
    });
  });

  it("stay members of the populations of differential evolution", async () => {
    const study = await afterOneBracket(dehbSampler());
    const [job] = study.ask().jobs;
    expect(job!.until).toBe(3);
    const { sampler } = study.state as Composed<Json, ReturnType<ReturnType<typeof dehbSampler>["init"]> & Json>;
    expect(sampler.populations.map(({ fidelity, members }) => [fidelity, members.length])).toEqual(
      expect.arrayContaining([
        [1, 9],
        [3, 3],
      ]),
    );
  });
});

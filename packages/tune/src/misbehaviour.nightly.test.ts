/**
 * Row B1 of the fault matrix at its nightly count, 50,400 runs: 18 misbehaving objectives x all strategies x 1, 2, 4 and 16 workers x 35
 * seeds. Strategies whose asks are expensive take 2 seeds.
 */
import { complete, compose, drive, type Sampler, startStudy } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { faultsOf, misbehaviours, problem } from "../testing/misbehaviour.ts";
import { strategies } from "./strategies.ts";

const all = Object.entries(misbehaviours(200));

test.each(strategies.map((card) => [card.name, card] as const))("%s, whatever the objective does", async (strategy, { cheap, options }) => {
  const seeds = Object.hasOwn(options, "askEffort") ? 2 : 35;
  for (const [name, misbehaviour] of all)
    for (const workers of [1, 2, 4, 16])
      for (let seed = 0; seed < seeds; seed++)
        expect(
          await faultsOf({ misbehaviour, strategy, options: cheap, workers, seed }),
          `${name}, ${workers} workers, seed ${seed}`,
        ).toEqual([]);
});

test("a million measurements of one trial", async () => {
  const sampler: Sampler<null> = {
    name: "same",
    version: 1,
    can: { conditional: true, objectives: 1, constraints: true, external: true },
    init: () => null,
    suggest: () => ({ config: { rate: 0.1, kind: "a" } }),
    tell: () => {},
  };
  const study = startStudy({ problem, strategy: compose(complete, sampler), seed: 0 });
  const eager = misbehaviours(1_000_000)["measures very often"]!;
  const end = await drive(study, (job, bench) => eager(job, bench, null as never) as { readonly values: readonly number[] }, { trials: 1 });
  expect([end, study.history.trials[0]!.curve.length]).toEqual(["trials", 1_000_000]);
});

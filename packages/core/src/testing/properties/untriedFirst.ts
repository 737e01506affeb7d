/** Untried points first: a sampler that adapts repeats no point of a finite space while others are left. */
import type { Card } from "../../contract/card.ts";
import type { Problem } from "../../contract/problem.ts";
import { derive, root } from "../../random/key.ts";
import { uniformConfig } from "../../random/uniform.ts";
import { type Config, choice, given, int, real, type Space } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import { constrain } from "../../space/where/constrain.ts";
import { startStudy } from "../../study/study.ts";
import { runCampaign, toyValue } from "../campaign.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/**
 * Runs as many trials as a space has configurations, three at a time, for several spaces and three seeds. One configuration is observed and
 * one is enqueued before. There are no false alarms.
 */
export function untriedFirst(card: Card, { seed = 1 }: { readonly seed?: number } = {}): Verdict {
  const { conditional } = card.create(card.cheap).can;
  const tests = finiteSpaces
    .filter(({ space }) => conditional || space.params.every(([, param]) => param.kind !== "given"))
    .flatMap(({ name, space, size }) =>
      [seed, seed + 1, seed + 2].map((one) => {
        const repeats = size - distinct(card, space, size, one);
        const finding = repeats === 0 ? "all differ" : `${repeats} of ${size} trials repeat an earlier one while others are left`;
        return { of: `${name}, seed ${one}`, name: "count" as const, statistic: repeats, p: repeats === 0 ? 1 : 0, finding };
      }),
    );
  return verdictOf("repeats no point of a finite space while others are left", tests, 0);
}

const finiteSpaces: readonly { readonly name: string; readonly space: Space; readonly size: number }[] = [
  { name: "a whole number", space: createSpace({ n: int(0, 24) }), size: 25 },
  {
    name: "parameters of every kind",
    space: createSpace({
      kind: choice(["a", "b", "c"]),
      dropout: real(0, 0.4, { step: 0.1 }),
      layers: given("kind", ["b"], int(1, 4, { scale: "log" })),
    }),
    size: (1 + 4 + 1) * 5,
  },
  {
    name: "constraints between parameters",
    space: constrain(createSpace({ x: int(0, 9), y: int(0, 9), z: choice(["p", "q"]) }), ["x + y <= 4", { forbid: { x: 0, z: "p" } }]),
    size: 15 + 10,
  },
];

/** How many different configurations there are among as many trials. */
function distinct(card: Card, space: Space, trials: number, seed: number): number {
  const problem: Problem = {
    space,
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: card.needs.includes("fidelity") ? { unit: "epoch", min: 1, max: 9, whole: true } : null,
    resumable: true,
  };
  const study = startStudy({ problem, strategy: card.create(card.cheap), seed });
  const [observed, enqueued] = twoConfigs(space);
  study.observe(observed, { values: [1] });
  study.enqueue(enqueued);
  runCampaign(study, {
    workers: 3,
    trials,
    pick: (turn) => turn * 7,
    judge: (job, fidelity) => toyValue(problem, job.config, fidelity, 1),
  });
  return new Set(study.history.trials.map(({ config }) => JSON.stringify(config))).size;
}

function twoConfigs(space: Space): readonly [Config, Config] {
  const configs = Array.from({ length: 64 }, (_, index) => uniformConfig(space, derive(root("two"), index)));
  return [configs[0]!, configs.find((config) => JSON.stringify(config) !== JSON.stringify(configs[0]))!];
}

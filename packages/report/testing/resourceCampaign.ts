/**
 * Campaigns that count resource, made by formulas: every strategy's regret falls with the resource it has spent, from its own beginning on.
 */
import { derive, root, stream } from "@caviar-hpo/core";
import type { CampaignResults, ProblemFacts, RunResult, RunTimeline, StrategyCard } from "../src/results.ts";
import { campaign } from "./campaign.ts";

export type ResourceShape = {
  readonly problems: readonly string[];
  readonly seeds: number;
  readonly fullTrainings: number;
  readonly points: number;
};

/** By label: full trainings between recommendations, and what is left to train of each. */
const paces: { readonly [label: string]: { readonly every: number; readonly left: number; readonly scale: number } } = {
  random: { every: 1, left: 0, scale: 10 },
  "random x2": { every: 1, left: 0, scale: 10 },
  hyperband: { every: 0.25, left: 0.75, scale: 3 },
  asha: { every: 0.1, left: 0.9, scale: 30 },
};

export function resourceCampaign(shape: Partial<ResourceShape> = {}): CampaignResults {
  const { problems, seeds, fullTrainings, points } = { problems: ["curves", "counting"], seeds: 6, fullTrainings: 8, points: 24, ...shape };
  const base = campaign({ strategies: Object.keys(paces), problems, seeds, budget: fullTrainings });
  const cards = base.problems.map(
    (card): ProblemFacts => ({ ...card, tags: [], fidelity: { unit: "epoch", min: 1, max: 81, whole: true }, resumable: true }),
  );
  return {
    ...base,
    initialPoints: 0,
    noise: "that of each problem",
    resource: { fullTrainings, points, from: 0.1, workers: 1, stragglerSigma: 0 },
    schedules: [{ strategies: ["hyperband"], problems, text: "1 to 81 epoch, eta 3\n  4  81 x 1  27 x 3" }],
    timelines: Object.keys(paces).map((strategy) => ({
      problem: problems[0]!,
      strategy,
      seed: 1,
      trainings: trainingsOf(strategy, fullTrainings),
    })),
    problems: cards,
    runs: cards.flatMap((card) => base.strategies.flatMap((strategy) => base.seeds.map((seed) => run(card, strategy, seed)))),
  };
}

/** Random search trains in full. The others train three trials by a third, continue the first to the end, and fail with every tenth. */
function trainingsOf(strategy: string, fullTrainings: number): RunTimeline["trainings"] {
  if (strategy.startsWith("random"))
    return Array.from({ length: fullTrainings }, (_, trial) => ({ trial, from: 0, until: 81, added: 1, spent: trial + 1, failed: false }));
  const third = 27 / 81;
  return Array.from({ length: Math.floor(fullTrainings / (3 * third + 2 * third)) }, (_, round) => round).flatMap((round) => {
    const before = round * 5 * third;
    const first = 3 * round;
    const begun = [0, 1, 2].map((place) => ({
      trial: first + place,
      from: 0,
      until: 27,
      added: third,
      spent: before + (place + 1) * third,
      failed: (first + place) % 10 === 9,
    }));
    return [...begun, { trial: first, from: 27, until: 81, added: 2 * third, spent: before + 5 * third, failed: false }];
  });
}

function run(problem: ProblemFacts, strategy: StrategyCard, seed: number): RunResult {
  const source = stream(derive(root("resource campaign"), problem.id, strategy.label, seed));
  const { every, left, scale } = paces[strategy.label]!;
  const spent = problem.budget * strategy.evaluationsPerStep;
  const count = Math.floor(spent / every + 1e-9);
  const from: number[] = [];
  const values: number[] = [];
  let best = Infinity;
  for (let index = 1; index <= count; index++) {
    const value = problem.optimum + scale * source.uniform();
    if (value >= best) continue;
    best = value;
    from.push(index * every);
    values.push(value);
  }
  // Each amount takes four evaluations and 100 seconds. Without checkpoints, it would be half as much again.
  const costsOf = (amount: number) => ({ evaluations: 4 * amount, scratch: 1.5 * amount, time: 100 * amount });
  return {
    problem: problem.id,
    strategy: strategy.label,
    seed,
    values,
    training: { from, left: from.map(() => left), spent, measurements: count, failures: 0, costs: from.map(costsOf) },
    spent: { ...costsOf(spent), resource: spent },
  };
}

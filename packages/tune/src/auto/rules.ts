/**
 * The table of `auto`: which sampler chooses the points, and why. Of the rules from the last one that applied on, the first that applies
 * decides. So a sampler that has been left does not come back. docs/auto.md says where the numbers come from.
 */
import { bayesoptCard } from "@caviar-hpo/bayesopt";
import type { Problem, SamplerCard } from "@caviar-hpo/core";
import { bohbSamplerCard, cmaesCard, sobolCard, tpeCard } from "@caviar-hpo/samplers";
import type { AutoOptions } from "./options.ts";

/** What a rule may look at: the problem, and what trials have cost so far. Never a clock, so that a replay decides the same. */
export type Situation = {
  readonly problem: Problem;
  /** Trials that have ended, failed ones and those from elsewhere included. */
  readonly ended: number;
  /** The mean of the costs that were stated; null if none was. */
  readonly costSeconds: number | null;
  /** The fidelities at which the scheduler decides. */
  readonly rungs: readonly number[];
};

export type EngineRule = {
  readonly engine: SamplerCard;
  readonly why: string;
  applies(situation: Situation, options: Required<AutoOptions>): boolean;
};

/** Above this number of parameters, the Gaussian process searches near the best trial (Eriksson et al., NeurIPS 2019). */
const manyParameters = 20;
/** What an ask of the Gaussian process costs after a hundred trials of five parameters. */
const askSeconds = 0.02;
/** If trials cost less than an ask, the Gaussian process is left after so many. */
const cheapTrials = 100;

export const rules: readonly EngineRule[] = [
  {
    engine: sobolCard,
    why: "several objectives, from which no sampler learns",
    applies: ({ problem }) => problem.objectives.length > 1,
  },
  {
    engine: bayesoptCard,
    why: "few trials, so each is worth a model of all values",
    applies: (situation, options) => !isHuge(situation) && !isLong(situation, options) && situation.problem.space.dims <= manyParameters,
  },
  {
    engine: bayesoptCard,
    why: "few trials and many parameters, so a model of all values near the best trial",
    applies: (situation, options) => !isHuge(situation) && !isLong(situation, options),
  },
  {
    engine: bohbSamplerCard,
    why: "many trials or a huge space, and several fidelities",
    applies: ({ rungs }) => rungs.length > 1,
  },
  {
    engine: tpeCard,
    why: "many trials or a huge space, and conditional parameters",
    applies: ({ problem }) => isConditional(problem),
  },
  { engine: cmaesCard, why: "many trials, and its asks stay cheap", applies: () => true },
];

/** A model of so many parameters learns too little of those that are active only at times. */
function isHuge({ problem }: Situation): boolean {
  return problem.space.dims > manyParameters && isConditional(problem);
}

function isConditional({ space }: Problem): boolean {
  return space.params.some(([, param]) => param.kind === "given");
}

function isLong({ ended, costSeconds }: Situation, { handOver, costs }: Required<AutoOptions>): boolean {
  return ended >= handOver || (costs === "counted" && costSeconds !== null && costSeconds < askSeconds && ended >= cheapTrials);
}

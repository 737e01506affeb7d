/**
 * One worker in order against several workers in any order. For a strategy that does not depend on results, results and failures differ
 * as well.
 */
import fc from "fast-check";
import type { Dependence } from "../../contract/card.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Strategy } from "../../contract/strategy.ts";
import type { FailureReason } from "../../contract/trial.ts";
import { derive, root } from "../../random/key.ts";
import { stream } from "../../random/stream.ts";
import { type Study, startStudy } from "../../study/study.ts";
import { runCampaign, toyValue } from "../campaign.ts";
import { failureReasons } from "../failurePatterns.ts";
import { demandSame } from "../violate.ts";
import { pickBy } from "./drawn.ts";
import type { LawMaker } from "./subject.ts";

export function dependsOnNoMore(dependsOn: Exclude<Dependence, "order">): LawMaker {
  const reasons = dependsOn === "losses" ? failureReasons.filter((reason) => reason !== "lost") : failureReasons;
  const seen = ({ history }: Study): readonly unknown[] =>
    history.trials.map(({ config, curve }) => (dependsOn === "results" ? { config, curve } : { config }));
  return ({ law, create, problem, seed }) => {
    const crew = fc.integer({ min: 2, max: 16 });
    const share = fc.constantFrom(0, 0.3, 1);
    const drawn = fc.tuple(fc.record({ problem, seed }), crew, fc.nat({ max: 1000 }), share);
    return law("depends on no more than it declares", 40, drawn, ([one, workers, order, failing]) => {
      const course = { ...one, strategy: create, reasons, failing };
      const alone = campaign({ ...course, workers: 1, pick: () => 0, salt: 1 });
      const crowd = campaign({ ...course, workers, pick: pickBy(order), salt: dependsOn === "results" ? 1 : order });
      demandSame("trial", seen(alone), seen(crowd));
    });
  };
}

/** `salt` draws the results, and with them the share `failing` of jobs that fail instead, for one of `reasons`. */
type Course = {
  readonly problem: Problem;
  readonly seed: number;
  readonly strategy: () => Strategy;
  readonly workers: number;
  readonly pick: (turn: number, count: number) => number;
  readonly salt: number;
  readonly failing: number;
  readonly reasons: readonly FailureReason[];
};

function campaign({ problem, seed, strategy, workers, pick, salt, failing, reasons }: Course): Study {
  const study = startStudy({ problem, seed, strategy: strategy() });
  const luck = root(salt);
  runCampaign(study, {
    workers,
    trials: 40,
    pick,
    judge: (job, fidelity): number | FailureReason => {
      const dice = stream(derive(luck, job.trial, fidelity));
      return dice.uniform() < failing ? reasons[dice.integer(reasons.length)]! : toyValue(problem, job.config, fidelity, salt);
    },
  });
  return study;
}

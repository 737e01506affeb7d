/**
 * Sentences of `results.json` in the format caviar-report-1. Published files hold them, and the same data must give the same bytes. So
 * their wording stays as it was, although pages and terminals use plainer words.
 */
import { level } from "../confidence.ts";
import { counted, factor, interval, speedUp, speedUpInterval } from "../format.ts";
import { listed, named, type Phrase } from "../page/phrase.ts";
import type { EarlyEnds, FactorsByStrategy, SmallestFactor, SpeedUp, Yardstick } from "./evidence.ts";

export function smallestFactorOfFormat1({ reference, strategy, measure, estimate }: SmallestFactor): Phrase {
  const bounds = estimate.interval === null ? "" : ` (${100 * (1 - level)} % interval ${interval(estimate.interval, factor)})`;
  return [
    "Relative to ",
    named(reference),
    `, the smallest ${measure} of the others is that of `,
    named(strategy),
    `: typically ${factor(estimate.value)} times as much${bounds} at the final budget.`,
  ];
}

export function factorsOfFormat1({ below, above, around }: FactorsByStrategy): Phrase {
  return [
    "Taken one by one, the interval lies below 1 for ",
    ...(below.length === 0 ? ["no strategy"] : listed(below)),
    ", above 1 for ",
    ...(above.length === 0 ? ["none"] : listed(above)),
    around.length === 0 ? "." : ", and contains 1 for the rest.",
  ];
}

/** Of the strategy that leads at the final budget. */
export function anytimeOfFormat1(meanRank: string): Phrase {
  return [`It also has the best mean rank over the whole budget (anytime), ${meanRank}.`];
}

export function speedUpOfFormat1({ label, reference, reached, problems, share }: SpeedUp): Phrase {
  const bounds = share.interval === null ? "" : ` (${100 * (1 - level)} % interval ${speedUpInterval(share.interval)})`;
  return [
    named(label),
    " gets to the final quality of ",
    named(reference),
    ` on ${reached} of ${counted(problems, "problem")}; median speed-up over problems: ${speedUp(share.value)}${bounds}.`,
  ];
}

export function yardstickOfFormat1({ label, spends, counting, meanRank, better, firstApart }: Yardstick): Phrase {
  return [
    named(label),
    ` spends ${spends} ${counting ? "evaluations for each one counted" : "times the budget"}; its mean rank is ${meanRank}. `,
    ...(better.length === 0 ? ["No strategy has a better one"] : listed(better)),
    ["", " has a better one", " have better ones"][Math.min(better.length, 2)]!,
    firstApart === null
      ? "."
      : `; the simultaneous interval of its difference to the first ${firstApart ? "leaves out" : "contains"} zero.`,
  ];
}

export function failedTrainingsOfFormat1(failed: number): Phrase {
  return [
    `${counted(failed, "training")} failed: infeasible or diverged, which shows at the next measurement. What they spent is counted.`,
  ];
}

export function earlyEndsOfFormat1({ label, ended, runs, counting, spent }: EarlyEnds): Phrase {
  return [
    named(label),
    ` ended before the budget in ${ended} of ${counted(runs, "run")} (${counting ? "evaluations made" : "full trainings spent"}: ${spent}); its best value then stands.`,
  ];
}

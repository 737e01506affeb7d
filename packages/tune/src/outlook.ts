/**
 * Rules that end a study once its strategy expects too little of further trials. They read the outlooks that the strategy notes at its asks
 * (`Outlook` of @caviar-hpo/core), and hold once three outlooks in a row say so.
 *
 * | rule | holds if |
 * |---|---|
 * | `noGain` | all further trials together gain more than `minGain` with a probability of at most `probability` |
 * | `gainPerSecond` | no trial is expected to gain more than so much per second (arXiv:2507.12453) |
 *
 * The outlooks are part of the strategy's state. So the rules hold at the same trial after an interruption.
 */
import type { Study, Trial } from "@caviar-hpo/core";
import type { Outlook } from "@caviar-hpo/core/contract";
import { between, type Decoder, object } from "@caviar-hpo/core/read";

/**
 * `minGain` has the unit of the objective. By default, it is a hundredth of the distance from the median value so far to the best.
 * `probability` is 0.05 by default.
 */
export type NoGain = { readonly minGain?: number; readonly probability?: number };

const record = object({}, { minGain: between(0, Infinity), probability: between(0, 1) });

/** Reads `true`, which stands for the defaults, or a record. */
export const noGain: Decoder<NoGain> = (value, path) => (value === true ? {} : record(value, path));

/** What the rules are asked with. A rule that is undefined is not asked. */
export type OutlookLimits = { readonly noGain?: NoGain; readonly minGainPerSecond?: number };

/** A rule, and what it says of a study. */
export type Advice = {
  readonly rule: "noGain" | "gainPerSecond";
  /** How many trials the study had, or would have had, when the rule stopped it. null if the rule has never held. */
  readonly trials: number | null;
  /** What the rule says when it holds, in one sentence. */
  readonly reason: string;
};

/** The first rule that holds now; null if none does. */
export function outlookRule(study: Study, limits: OutlookLimits): Advice["rule"] | null {
  const rules = rulesOf(study, limits);
  if (rules.length === 0) return null;
  const latest = countingOutlooks(study).slice(-inARow);
  if (latest.length < inARow) return null;
  return rules.find(({ holds }) => latest.every(holds))?.rule ?? null;
}

/** What each rule says, also without being asked: the rule `noGain` has defaults. Undefined if the strategy has said nothing. */
export function adviceOn(study: Study, { noGain: given = {}, ...limits }: OutlookLimits): readonly Advice[] | undefined {
  const outlooks = countingOutlooks(study);
  if (outlooks.length === 0) return undefined;
  return rulesOf(study, { noGain: given, ...limits }).map(({ rule, reason, holds }) => {
    const held = outlooks.map(holds);
    const at = held.findIndex((_, index) => index + 1 >= inARow && held.slice(index + 1 - inARow, index + 1).every((one) => one));
    return { rule, reason, trials: at < 0 ? null : outlooks[at]!.trial + 1 };
  });
}

/** Why a rule ended the work. */
export function outlookReason(
  rule: Advice["rule"],
  { noGain: { minGain, probability = usualProbability } = {}, minGainPerSecond }: OutlookLimits,
): string {
  if (rule === "gainPerSecond") return `No trial is expected to gain more than ${minGainPerSecond} per second.`;
  const gain = minGain === undefined ? "a hundredth of the gain so far" : minGain;
  return `Further trials gain more than ${gain} with a probability of at most ${probability}.`;
}

const inARow = 3;
const usualProbability = 0.05;

/**
 * Those of asks whose trial has ended. While it runs, the study continues in any case, so that a study which is opened again runs it too.
 */
function countingOutlooks({ outlooks, history: { trials } }: Study): readonly Outlook[] {
  return outlooks?.filter(({ trial }) => trial < trials.length && trials[trial]!.status !== "running") ?? [];
}

type OutlookRule = Pick<Advice, "rule" | "reason"> & { readonly holds: (outlook: Outlook) => boolean };

function rulesOf(study: Study, limits: OutlookLimits): readonly OutlookRule[] {
  const { noGain: gain, minGainPerSecond } = limits;
  const rules: OutlookRule[] = [];
  if (gain !== undefined) {
    const { minGain, probability = usualProbability } = gain;
    rules.push({
      rule: "noGain",
      reason: outlookReason("noGain", limits),
      holds: (outlook) => chanceWithin(outlook, minGain) >= 1 - probability,
    });
  }
  if (minGainPerSecond !== undefined)
    rules.push({
      rule: "gainPerSecond",
      reason: outlookReason("gainPerSecond", limits),
      holds: (outlook) => ratePerSecond(outlook, study.history.trials) <= minGainPerSecond,
    });
  return rules;
}

/** The probability that further trials gain at most so much, linear between the noted quantiles. */
export function chanceWithin({ probability, quantiles }: Outlook, minGain: number | undefined): number {
  if (minGain === undefined) return 1 - probability;
  const points = [[0, 0] as const, ...quantiles];
  const at = points.filter(([, gain]) => gain <= minGain).length - 1;
  const [[low, from], next] = [points[at]!, points[at + 1]];
  if (next === undefined) return low;
  const [high, to] = next;
  return low + ((high - low) * (minGain - from)) / (to - from);
}

/** Without a model of costs, every trial costs what the trials before it cost in the mean. Infinity if no cost is known. */
function ratePerSecond({ trial, next, nextPerSecond }: Outlook, trials: readonly Trial[]): number {
  if (nextPerSecond !== undefined) return nextPerSecond;
  const costs = trials.slice(0, trial).flatMap(({ curve }) => curve.at(-1)?.costSeconds ?? []);
  const total = costs.reduce((sum, seconds) => sum + seconds, 0);
  return total > 0 ? next / (total / costs.length) : Infinity;
}

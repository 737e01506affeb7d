/** What the control says: one sentence per twin, and a plain warning where equal strategies look different. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { Control } from "../analysis/control.ts";
import { level } from "../confidence.ts";
import { interval, twoDigits } from "../format.ts";
import { named, type Phrase } from "../page/phrase.ts";
import type { Sentence } from "./sentence.ts";

export function controlFindings({ controls }: Analysis): readonly Sentence[] {
  return controls.map((control) => ({ text: controlWords(control) }));
}

function controlWords(control: Control): Phrase {
  const { twin, twinOf, difference, blocks } = control;
  const pair: Phrase = ["The control: ", named(twin), " is ", named(twinOf), " with other random numbers. "];
  if (difference === null) return [...pair, "No block has a run of both, so it says nothing."];
  const about = `Their mean ranks differ by ${twoDigits(difference.value)}`;
  if (difference.interval === null)
    return [...pair, about, " over ", counted(blocks, "block"), ". There are too few seeds for an interval."];
  const bounds = ` (${100 * (1 - level)} % interval ${interval(difference.interval, twoDigits)})`;
  return [...pair, about, bounds, ...verdictWords(control)];
}

function verdictWords(control: Control): Phrase {
  const alarms: readonly string[] = [
    ...(falseAlarm(control) ? ["this interval leaves out zero"] : []),
    ...(falseSpeedUp(control) ? ["the interval of the speed-up leaves out 1"] : []),
    ...(control.apart > 0 ? [`the tests per problem tell them apart on ${control.apart} of ${counted(control.problems, "problem")}`] : []),
  ];
  if (alarms.length === 0) return [", and no test tells them apart, as it should be."];
  return [
    `. This is a false alarm: ${alarms.join(", and ")}, although the two are equal. Equal strategies give one such alarm in ${Math.round(1 / level)} campaigns for each kind of test. Differences of this size mean nothing here.`,
  ];
}

/** Whether the interval of the difference of equal strategies leaves out zero. */
export function falseAlarm({ difference }: Control): boolean {
  const bounds = difference?.interval ?? null;
  return bounds !== null && (bounds.low > 0 || bounds.high < 0);
}

/** Whether the interval of the speed-up of equal strategies leaves out 1. */
export function falseSpeedUp({ speedUp }: Control): boolean {
  const bounds = speedUp?.share.interval ?? null;
  return bounds !== null && (bounds.low > 1 || bounds.high < 1);
}

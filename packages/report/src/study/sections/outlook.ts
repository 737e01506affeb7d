/** Section: what the strategy expects of further trials. */
import type { Outlook } from "@caviar-hpo/core/contract";
import { notedOutlook } from "@caviar-hpo/core/contract";
import { prose } from "../../page/block.ts";
import { named, type Phrase } from "../../page/phrase.ts";
import type { Digest } from "../digest.ts";
import { outlookFigure, quantileAt } from "../figures/outlook.ts";
import { numberWords } from "../numberWords.ts";
import { figureIn, type StudySection } from "./section.ts";

/** null if the strategy has noted no outlook. */
export function outlook(digest: Digest): StudySection | null {
  const outlooks = outlooksOf(digest);
  const latest = outlooks.at(-1);
  if (latest === undefined) return null;
  return {
    id: "outlook",
    title: "What further trials may gain",
    blocks: [prose(...latestWords(digest, latest)), ...figureIn(outlookFigure(digest, outlooks))],
  };
}

/** One per trial at whose first ask the strategy noted one. */
function outlooksOf({ jobs }: Digest): readonly Outlook[] {
  const found = new Map<number, Outlook>();
  for (const { trial, note } of jobs) {
    const noted = notedOutlook(note);
    if (noted !== null && !found.has(trial)) found.set(trial, { trial, ...noted });
  }
  return [...found.values()].sort((a, b) => a.trial - b.trial);
}

function latestWords({ problem }: Digest, latest: Outlook): Phrase {
  const { trial, expected, beyond, probability, next } = latest;
  return [
    `When it chose trial ${trial}, the strategy expected that all trials from then on improve the best `,
    named(problem.objectives[0]!.name),
    ` by ${numberWords(expected, 3)} together, and by at most ${numberWords(quantileAt(latest, 0.9), 3)} with a probability of 90 %. The best next trial was expected to gain ${numberWords(next, 3)}. A gain of more than ${numberWords(beyond, 3)}, a hundredth of what was gained so far, had a probability of ${numberWords(probability, 2)}. These numbers come from the model of the strategy. Gains happen more often than it says when it is nearly sure that there are none.`,
  ];
}

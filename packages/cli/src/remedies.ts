/** What to do about an error, in terms of the command line. The libraries say it in terms of their functions. */
import type { CaviarError } from "@caviar-hpo/core";

const remedies: { readonly [code: string]: string } = {
  locked:
    "End that process, or give optimize --wait SECONDS. If it is on another machine and has ended, give optimize --take-over. trials, best, watch and verify work in any case.",
};

/** What a remedy of a library may say, and how a user of the command does it. */
const phrases: readonly (readonly [library: string, command: string])[] = [
  [
    "Another strategy, version, seed or engine wrote this log. Use readHistory, or adopt it.",
    "Another version of Caviar or another engine wrote this log. Continue the study there. trials, best and export work in any case.",
  ],
  ["pointFunctionIds() lists all ids.", "caviar problems lists all ids."],
  ["or call repair.", "or run caviar repair."],
  ["Open it with what it was made with.", "Leave the option out to continue the study."],
  ["To extend the study to the larger space, pass extend: true.", "Add --extend to give the study the larger --space."],
  [
    "A study can only be extended to a space that holds its own.",
    "Leave --space out to continue the study. --extend takes only a space that holds its own.",
  ],
  [
    "For any other change, open another folder with warmStart: readStudy(oldFolder).",
    "For any other change, name another folder, and give this one after --warm-start to keep its trials.",
  ],
  ["or pass maxConsecutiveFailures: null.", "or give --max-failures unlimited."],
  ["Call optimize again to continue.", "Give the command again to continue."],
  ["Raise timeoutSeconds", "Raise --timeout"],
  ["Open the study again, and call optimize.", "Give the command again to continue."],
  ["Then open the study again:", "Then give the command again:"],
  ["Reading needs no right to write: use readStudy.", "Reading needs no right to write: give trials, best or export."],
  ['Pass one, such as fidelity: { unit: "epochs", min: 1, max: 27 }.', "Give one, such as --fidelity epochs:1:27."],
  [
    "Return finite numbers in time, and constraints of at most 0.",
    "Correct the cause. Then give a larger --trials, because failed trials use up the budget, or name another folder.",
  ],
];

export function remedyOf({ code, remedy }: CaviarError): string {
  if (Object.hasOwn(remedies, code)) return remedies[code]!;
  return phrases.reduce((text, [library, command]) => text.replaceAll(library, command), remedy);
}

/** What to do about an error, in terms of the command line. The libraries say it in terms of their functions. */
import type { CaviarError } from "@caviar-hpo/core";

const remedies: { readonly [code: string]: string } = {
  locked:
    "End that process, or give optimize --wait SECONDS. If it is on another machine and has ended, give optimize --take-over. trials, best, watch and verify work in any case.",
  otherStudy: "A study never changes. Leave the option out to continue it, or name another folder for a new study.",
  diverged:
    "Another version of Caviar or another engine wrote this log. Continue the study there. trials, best and export work in any case.",
};

export function remedyOf({ code, remedy }: CaviarError): string {
  return Object.hasOwn(remedies, code) ? remedies[code]! : remedy.replace("or call repair.", "or run caviar repair.");
}

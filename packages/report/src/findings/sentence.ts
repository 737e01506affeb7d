/** What a report says about its numbers. */
import type { Phrase } from "../page/phrase.ts";

export type Sentence = {
  readonly text: Phrase;
  /** The wording in `results.json` if it differs from `text` (`published.ts`). */
  readonly recorded?: Phrase;
};

export type Warning = Sentence & { readonly severity: "error" | "caution" };

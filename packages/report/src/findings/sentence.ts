/** What a report says of its numbers. */
import type { Phrase } from "../page/phrase.ts";

export type Sentence = {
  readonly text: Phrase;
  /** The wording in `results.json`, where it is an older one (`published.ts`); otherwise that of `text`. */
  readonly recorded?: Phrase;
};

export type Warning = Sentence & { readonly severity: "error" | "caution" };

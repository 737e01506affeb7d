/** What a report says about its numbers. */
import type { Phrase } from "../page/phrase.ts";

export type Sentence = { readonly text: Phrase };

export type Warning = Sentence & { readonly severity: "error" | "caution" };

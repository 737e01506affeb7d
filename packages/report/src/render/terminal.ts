/** Text for a terminal: it has no control characters, and it keeps its order. */
import { type Phrase, phraseText } from "../page/phrase.ts";
import { codeName, visible } from "../visible.ts";

export function terminalText(phrase: Phrase): string {
  return phraseText(phrase, escapeTerminal);
}

/** Control characters, and characters that reorder or hide text, become their codes. */
export function escapeTerminal(text: string): string {
  return visible(text).replace(/[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, codeName);
}

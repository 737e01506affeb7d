/**
 * Words that Caviar's texts avoid, because a common word says the same. The list is short on purpose: it holds only words that are wrong in
 * every one of our sentences, so that a hit is always a mistake.
 */

/** Each word with what to write instead. */
const avoided: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\banew\b/i, "again"],
  [/\bnobody\b/i, "no user, no strategy, no one"],
  [/\bwhoever\b/i, "name the actor"],
  [/\bbeside\b/i, "next to"],
  [/\b(?:goes|go|going) on\b/i, "continue"],
  [/\bhopeless\b/i, "say what cannot happen"],
  [/\bof one[’']s own\b/i, "its own"],
  [/\btaken one by one\b/i, "for each strategy by itself"],
  [/\bhow often all\b/i, "how many times"],
  [/\bfor ever\b/i, "always, never again, without end"],
  [/\bthat (?:is|are) none\b/i, "what it is instead: wrong, unknown, not a number"],
  [/\blikewise\b/i, "in the same way"],
  [/\bhence\b/i, "so"],
  [/\bby heart\b/i, "memorise"],
  [/\bbrings? along\b/i, "include"],
  [/\bone a (?:class|coordinate|draw|group|line|parameter|point|row|seed|turn)\b/i, "one per"],
];

export type PlainWordFault = { readonly line: number; readonly word: string; readonly instead: string };

/**
 * The avoided words in a text, line by line, counted from 1. Line ends do not hide a phrase: a phrase that continues on the next line of a
 * comment counts for its first line.
 */
export function avoidedWords(text: string): readonly PlainWordFault[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    const next = (lines[at + 1] ?? "").replace(/^\s*(?:\/\/|\*(?!\/))?\s*/, "");
    return avoided.flatMap(([word, instead]) => {
      const found = word.exec(`${line} ${next}`);
      return found === null || found.index >= line.length ? [] : [{ line: at + 1, word: found[0], instead }];
    });
  });
}

/**
 * Words that make a reader stop, in the prose of Markdown files. Code and headings are no prose, and neither is the bold
 * name that begins an item of a list: laws have such names, and the code fixes them.
 */

/** Each word with what to write instead. */
const foreign: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\bnobody\b/gi, "no user, no worker, or the passive"],
  [/\bwhoever\b/gi, "a trial that, a user who"],
  [/\banew\b/gi, "again"],
  [/\bgo(?:es)? on\b/gi, "continue"],
  [/\bbeside\b/gi, "next to"],
  [/\bside by side\b/gi, "in parallel, next to each other"],
  [/\bis to be had\b/gi, "exists"],
  [/\bnone where there (?:is|are) none\b/gi, "name the case"],
  [/\bas it were\b/gi, "leave it out"],
  [/\blikewise\b/gi, "in the same way"],
  [/\bdear(?:er|est)?\b/gi, "expensive"],
  [/\bheed(?:s|ed)?\b/gi, "respect, check"],
];

/** Where foreign words stand, as `file:line: word; write ...`. */
export function foreignWords(file: string, markdown: string): readonly string[] {
  return proseOf(markdown).flatMap(([line, text]) =>
    foreign.flatMap(([word, instead]) => [...text.matchAll(word)].map(([found]) => `${file}:${line}: "${found}"; write ${instead}`)),
  );
}

/** The lines of prose with their numbers, code spans left out. */
function proseOf(markdown: string): readonly (readonly [line: number, text: string])[] {
  let fence: string | null = null;
  return markdown.split("\n").flatMap((text, index) => {
    const mark = /^\s*(`{3,})/.exec(text)?.[1] ?? null;
    if (mark !== null && (fence === null || mark.startsWith(fence))) {
      fence = fence === null ? mark : null;
      return [];
    }
    if (fence !== null || /^#|^!\[/.test(text)) return [];
    return [[index + 1, text.replace(/^- \*\*[^*]*\*\*|`[^`]*`/g, "")] as const];
  });
}

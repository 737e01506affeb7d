/**
 * Ranges in the ids of problems, as shells write them: `bbob-f{1..24}-d{2,5}` stands for 48 ids. Braces hold whole numbers, texts and
 * ranges of whole numbers, separated by commas. `{seed}` stays, because the instance then follows the seed.
 */
import { type Path, reject } from "@caviar-hpo/core/read";

/** Strategies, or problems, of one plan. */
export const mostCompared = 100_000;

/**
 * The ids that a text stands for, in the order of the text: the last braces change fastest.
 *
 * @throws ConfigError for braces that are not closed, empty or falling ranges, and more than `mostCompared` ids.
 */
export function expandId(text: string, path: Path): readonly string[] {
  const parts = text.split(/(\{[^{}]*\})/).map((part) => alternatives(part, text, path));
  const count = parts.reduce((product, { length }) => product * length, 1);
  if (count > mostCompared) reject(path, `at most ${mostCompared} problems`, text, `It stands for ${count} problems. Name fewer.`);
  return parts.reduce<readonly string[]>((heads, tails) => heads.flatMap((head) => tails.map((tail) => head + tail)), [""]);
}

/** What a part of the text stands for: itself, unless it is in braces. */
function alternatives(part: string, text: string, path: Path): readonly string[] {
  if (part === "{seed}") return [part];
  if (part.startsWith("{") && part.endsWith("}"))
    return part
      .slice(1, -1)
      .split(",")
      .flatMap((item) => itemOf(item, text, path));
  return /[{}]/.test(part) ? refuseBraces(text, path) : [part];
}

function itemOf(item: string, text: string, path: Path): readonly string[] {
  const range = readRange(item);
  if (range !== null) {
    const [first, last] = range;
    if (last - first >= mostCompared) reject(path, `ranges of at most ${mostCompared} numbers`, text, "Name fewer.");
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  }
  return /^[\w-]+(\.\w+)*$/.test(item) ? [item] : refuseBraces(text, path);
}

/** The ends of `1..20`; null for another text, and for a range that falls. */
export function readRange(text: string): readonly [first: number, last: number] | null {
  const [, first, last] = /^(\d{1,10})\.\.(\d{1,10})$/.exec(text) ?? [];
  return first === undefined || Number(first) > Number(last) ? null : [Number(first), Number(last)];
}

function refuseBraces(text: string, path: Path): never {
  return reject(path, "in braces a list such as {2,5}, a rising range such as {1..24}, or {seed}", text, "Correct the braces.");
}

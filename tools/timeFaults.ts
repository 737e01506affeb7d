/** What in a test's source makes its verdict depend on how fast the machine is: short time limits, clocks, and sizes of the heap. */
import { timeLimits } from "./timeLimits.ts";

/** One line per fault, with what it is. Reads sources as the formatter lays them out. */
export function timeFaults(text: string): readonly string[] {
  const limits = [...namedLimits(text), ...lastArguments(text)].filter(({ ms }) => !(ms >= timeLimits.test));
  return [
    ...limits.map(({ source }) => `a limit below ${timeLimits.test} ms: ${source}`),
    ...[...text.matchAll(clocks)].map(([source]) => `a clock or the heap decides: ${source}`),
  ];
}

type Limit = { readonly ms: number; readonly source: string };

/**
 * Reads of clocks; properties that stop after some time; sizes that depend on when the garbage collector runs. A seed may come from a
 * clock.
 */
const clocks =
  /\bperformance\.now\b|\bhrtime\b|(?<!CAVIAR_PEERS_SEED \?\? (?:String\()?)\bDate\.now\b|\b(?:interrupt|skipAll)AfterTimeLimit\b|\bAbortSignal\.timeout\b|\bheapUsed\b|\.rss\b/g;

/** `timeout: 5000`, `testTimeout: 5000` and the like, of tests and of child processes. */
function namedLimits(text: string): readonly Limit[] {
  return [...text.matchAll(/\b(?:\w+T|t)imeout: ([\d_]+)/g)].map(([source, ms]) => ({ ms: milliseconds(ms!), source }));
}

/** A number as the last argument of a test or a hook. */
function lastArguments(text: string): readonly Limit[] {
  const lines = text.split("\n");
  return lines.flatMap((line, end) => {
    const short = /^( *)\}, ([\d_]+)\);$/.exec(line);
    const long = /^( *)\);$/.exec(line);
    const ms = short?.[2] ?? /^ *([\d_]+),$/.exec(lines[end - 1] ?? "")?.[1];
    const indent = (short ?? long)?.[1];
    if (indent === undefined || ms === undefined) return [];
    const opening = lines
      .slice(0, end)
      .filter((earlier) => earlier.startsWith(indent) && /^\S/.test(earlier.slice(indent.length)))
      .at(-1);
    return opening !== undefined && calls.test(opening) ? [{ ms: milliseconds(ms), source: `${opening.trim()} ... ${ms}` }] : [];
  });
}

const calls = /^ *(?:it|test|describe|beforeAll|beforeEach|afterAll|afterEach)\b/;

function milliseconds(digits: string): number {
  return Number(digits.replaceAll("_", ""));
}

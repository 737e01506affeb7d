/**
 * Sentences of the documentation that compare Caviar with another program. `benchmarks/claims.json` lists them. A claim from a file of
 * results has placeholders instead of numbers, which are read from that file: the results of a published campaign, or of a bench. Any other
 * claim names the command that measured it.
 *
 * A placeholder is `{PATH FORMAT}` or `{PATH ÷ PATH FORMAT}`. A path is a whole number, or has keys with slashes between them. An element
 * of a list is named by its `strategy`, `problem` or `twin`. The format is `.2` for two decimals, `~2` for two significant digits, and
 * `10^.2` for a power of ten.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withoutBlocks } from "./docs.ts";
import { workspaceRoot } from "./workspace.ts";

export type MeasuredClaim = {
  /** A Markdown file, from the workspace root. */
  readonly file: string;
  /** The JSON file with the numbers, from the workspace root. */
  readonly source: string;
  readonly sentence: string;
  /** Pairs of strategies that the campaign's own test must tell apart: the first has the best mean rank and is ahead of the second. */
  readonly ahead?: readonly (readonly [string, string])[];
  /** Pairs that the test must not tell apart, where the first has the best mean rank. */
  readonly level?: readonly (readonly [string, string])[];
  /** All problems on which `strategy` has a better mean rank than `than`. */
  readonly better?: { readonly strategy: string; readonly than: string; readonly problems: readonly string[] };
  /** Paths with `*` for one key: of all keys for which the numbers exist, the number at the key `at` is the largest. */
  readonly largest?: readonly { readonly over: string; readonly at: string }[];
};
/** A claim whose numbers are in no committed file. The sentence is as it stands in the file. */
export type OtherClaim = { readonly file: string; readonly command: string; readonly sentence: string };
export type Claim = MeasuredClaim | OtherClaim;

const others =
  /\b(?:Optuna|GPSampler|TPESampler|BoTorch|Ax|HEBO|SMAC3?|hyperopt|pycma|cmaes|DEHB|KerasTuner|Syne Tune|TuRBO|bayes_opt|bayesian-optimization|optuna-\w+|botorch|hebo|smac)\b/;
const comparing =
  /\b(?:ahead|behind|mean rank|better|worse|(?:is|are|has|have) the best|beats?|beaten|wins?|won|los(?:es?|t|ses)|faster|slower|sooner|cheaper|times (?:as|the|that)|apart|significant)\b|×/;

/** Headings, items of lists, rows of tables and sentences, each with single spaces, without links and blocks of code. */
export function sentencesOf(markdown: string): readonly string[] {
  return withoutBlocks(markdown)
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(/\[([^\]]*)\]\([^)\s]*\)/g, "$1")
    .split(/\n\s*\n|\n(?=\s*[-|#*]|\d+\. )/)
    .flatMap((part) => withSingleSpaces(part).split(/(?<=[.!?:]\)?)\s+(?=[A-Z`*"“(])/))
    .filter((sentence) => sentence !== "");
}

/** Sentences that name another program and compare. */
export function comparisonsIn(markdown: string): readonly string[] {
  return sentencesOf(markdown).filter((sentence) => {
    // In the names of our own strategies, "cmaes" and "dehb" are code.
    const prose = sentence.replace(/`(?:cmaes|dehb)`/g, "");
    return others.test(prose) && comparing.test(prose);
  });
}

/** What is wrong with the comparisons of a file. */
export function claimFaults(file: string, markdown: string, claims: readonly Claim[]): readonly string[] {
  const own = claims.filter((claim) => claim.file === file);
  const known = own.map((claim) => ({ claim, text: withSingleSpaces("source" in claim ? filledIn(claim) : claim.sentence) }));
  const sentences = sentencesOf(markdown);
  const missing = known.filter(({ text }) => !sentences.includes(text)).map(({ text }) => `${file}: does not say "${text}"`);
  const texts = known.map(({ text }) => text);
  const untraced = comparisonsIn(markdown).filter((sentence) => !texts.includes(sentence));
  return [
    ...missing,
    ...untraced.map((sentence) => `${file}: benchmarks/claims.json does not have "${sentence}"`),
    ...own.flatMap((claim) =>
      "source" in claim ? [...publicationFaults(claim), ...verdictFaults(claim), ...largestFaults(claim)] : commandFaults(claim),
    ),
  ];
}

/** The sentence with the numbers of its source. */
export function filledIn({ sentence, source }: MeasuredClaim): string {
  const results = readJson(source);
  return sentence.replace(/\{((?:[^{}]|\{seed\})+) (\.|~|10\^\.)(\d+)\}/g, (_, paths: string, format: string, digits: string) => {
    const number = quotientAt(results, paths, source);
    if (format === "~") return String(Number(number.toPrecision(Number(digits))));
    return (format === "." ? number : 10 ** number).toFixed(Number(digits)).replace("-", "−");
  });
}

/** @param paths a path, or two with ÷ between them. */
function quotientAt(results: unknown, paths: string, source: string): number {
  const [value, divisor] = paths.split(" ÷ ").map((path) => numberAt(results, path, source)) as [number, number?];
  return divisor === undefined ? value : value / divisor;
}

function numberAt(results: unknown, path: string, source: string): number {
  if (/^\d+$/.test(path)) return Number(path);
  const value = valueAt(results, path);
  if (typeof value !== "number") throw new Error(`${source}: expected a number at ${path}, got ${JSON.stringify(value)}`);
  return value;
}

function valueAt(results: unknown, path: string): unknown {
  return path.split("/").reduce<unknown>((parent, key) => childOf(parent, key), results);
}

function childOf(parent: unknown, key: string): unknown {
  const named = Array.isArray(parent) ? parent.find((one) => [one.strategy, one.problem, one.twin].includes(key)) : undefined;
  return named ?? (parent as Record<string, unknown> | undefined)?.[key];
}

/** The report of a campaign counts as published if its runs are there, and if a clean commit made them. */
function publicationFaults({ source }: MeasuredClaim): readonly string[] {
  if (!source.startsWith("benchmarks/reports/")) return [];
  const folder = dirname(source);
  const manifest = readJson(join(folder, "manifest.json")) as {
    readonly environments: readonly { readonly repository: { readonly clean: boolean } | null }[];
  };
  const clean = manifest.environments.length > 0 && manifest.environments.every(({ repository }) => repository?.clean === true);
  const archived = existsSync(join(workspaceRoot, folder, "runs.jsonl.gz"));
  return [...(clean ? [] : [`${folder}: no clean commit made the runs`]), ...(archived ? [] : [`${folder}: the runs are missing`])];
}

type Results = {
  readonly final: readonly { readonly strategy: string; readonly behindFirst: { readonly interval: { readonly low: number } } }[];
  readonly problems: readonly {
    readonly problem: string;
    readonly strategies: readonly { readonly strategy: string; readonly meanRank: number }[];
  }[];
};

function verdictFaults({ source, ahead = [], level = [], better }: MeasuredClaim): readonly string[] {
  if (ahead.length + level.length === 0 && better === undefined) return [];
  const { final, problems } = readJson(source) as Results;
  const judge = ([first, second]: readonly [string, string], apart: boolean): readonly string[] => {
    const behind = final.find(({ strategy }) => strategy === second)?.behindFirst.interval;
    const holds = final[0]!.strategy === first && behind !== undefined && behind.low > 0 === apart;
    return holds ? [] : [`${source}: does not find ${first} ${apart ? "ahead of" : "level with"} ${second}`];
  };
  const verdicts = [...ahead.flatMap((pair) => judge(pair, true)), ...level.flatMap((pair) => judge(pair, false))];
  if (better === undefined) return verdicts;
  const found = problems.filter(({ strategies }) => rankIn(strategies, better.strategy) < rankIn(strategies, better.than));
  const names = found.map(({ problem }) => problem).join(", ");
  const holds = names === better.problems.join(", ");
  return holds ? verdicts : [...verdicts, `${source}: ${better.strategy} is better than ${better.than} on: ${names}`];
}

function largestFaults({ source, largest = [] }: MeasuredClaim): readonly string[] {
  const results = readJson(source);
  return largest.flatMap(({ over, at }) => {
    const [parent, ...members] = over.split(" ÷ ").map((path) => path.split("/*/"));
    const keys = Object.entries(valueAt(results, parent![0]!) as object).flatMap(([key, one]) =>
      [parent!, ...members].every(([, rest]) => typeof valueAt(one, rest!) === "number") ? [key] : [],
    );
    const ratioAt = (key: string): number => quotientAt(results, over.replaceAll("*", key), source);
    const first = keys.reduce((most, key) => (ratioAt(key) > ratioAt(most) ? key : most));
    return first === at ? [] : [`${source}: ${over} is the largest for ${first}`];
  });
}

function rankIn(strategies: Results["problems"][number]["strategies"], label: string): number {
  const found = strategies.find(({ strategy }) => strategy === label);
  if (found === undefined) throw new Error(`benchmarks/claims.json: no strategy ${label}`);
  return found.meanRank;
}

function commandFaults({ command }: OtherClaim): readonly string[] {
  const script = /^npm run ([\w:-]+)/.exec(command)?.[1];
  const { scripts } = readJson("package.json") as { readonly scripts: { readonly [name: string]: string } };
  const path = /\S+\.(?:py|mjs|ts)\b/.exec(command)?.[0];
  const known = script === undefined ? path !== undefined && existsSync(join(workspaceRoot, path)) : script in scripts;
  return known ? [] : [`benchmarks/claims.json: there is no command ${command}`];
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(workspaceRoot, path), "utf8"));
}

function withSingleSpaces(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

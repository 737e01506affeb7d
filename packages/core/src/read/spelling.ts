/**
 * What to do about a key that is not known: the key that was meant. It may be misspelt, or it may be the word of another tool: Optuna,
 * KerasTuner, Ax, Vizier, Ray Tune, Hyperopt, scikit-optimize, Nevergrad or SMAC.
 */
import { nearest } from "../text/nearest.ts";
import { show } from "../text/show.ts";

/** One or two sentences: `Did you mean "scale"?` or `Write scale: "log".` */
export function remedyForKey(key: string, known: readonly string[]): string {
  if (known.length === 0) return "Drop it.";
  const plain = lettersOf(key);
  const same = known.find((name) => lettersOf(name) === plain);
  if (same !== undefined) return `Did you mean ${show(same)}?`;
  const ours = (foreignWords.get(plain) ?? []).find((word) => known.includes(nameIn(word)));
  if (ours === undefined) return `Did you mean ${show(nearest(key, known))}?`;
  return ours === nameIn(ours) ? `Caviar calls it ${show(ours)}.` : `Write ${ours}.`;
}

/** What to do about a value that should be one of `words`, and is not. */
export function remedyForWord(value: unknown, words: readonly string[]): string {
  if (typeof value !== "string" || words.length < 2) return "Correct the value.";
  const start = lettersOf(value).slice(0, 3);
  const same = start.length === 3 ? words.filter((word) => lettersOf(word).startsWith(start)) : [];
  return `Did you mean ${show(same.length === 1 ? same[0]! : nearest(value, words))}?`;
}

/** Other tools differ in case and underscores: n_trials, nTrials. */
function lettersOf(key: string): string {
  return key
    .slice(0, 64)
    .toLowerCase()
    .replace(/[_\- ]/g, "");
}

/** `scale: "log"` is about `scale`. */
function nameIn(word: string): string {
  return word.split(":", 1)[0]!;
}

const measured = "loss, score, accuracy, error, metric, result, objective, reward, fitness, val loss, val accuracy, rmse, auc, f1";

/** What Caviar calls it, and the words of others. The first line that has a known key decides: `high` is `max` of a fidelity. */
const dictionary: readonly (readonly [ours: string, foreign: string])[] = [
  ['scale: "log"', "log, is log, log scale, log uniform"],
  ["scale", "sampling, distribution"],
  ["low", "min, minimum, min value, lower, lower bound"],
  ["high", "max, maximum, max value, upper, upper bound"],
  ["options", "values, choices, categories"],
  ["goal", "direction, mode"],
  ['goal: "minimize"', "minimize"],
  ['goal: "maximize"', "maximize"],
  ["objectives", "directions, metrics"],
  ["space", "search space, params"],
  ["strategy", "sampler, pruner, scheduler, search alg, algorithm, oracle, tuner, optimizer"],
  ["seed", "random state"],
  ["trials", "n trials, max trials, num samples, max evals, n calls, n iter, budget"],
  ["workers", "n jobs, max concurrent trials, parallelism"],
  ["onTrial", "callbacks"],
  ["min", "min resource, grace period, minimum, min value, lower, low"],
  ["max", "max resource, max t, max epochs, maximum, max value, upper, high"],
  ["whole", "integer, int"],
  ["eta", "reduction factor"],
  ["fidelity", "budget, resource, max t, max epochs"],
  ["value", measured],
  ["values", `${measured}, losses, scores, metrics, results, objectives`],
];

const foreignWords: ReadonlyMap<string, readonly string[]> = wordsOf(dictionary);

function wordsOf(lines: typeof dictionary): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  for (const [ours, foreign] of lines) {
    for (const word of foreign.split(",").map(lettersOf)) words.set(word, [...(words.get(word) ?? []), ours]);
  }
  return words;
}

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

/** What to do about a value that is none of some words. */
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

/** What Caviar calls it, and the words of others. The first line that has a known key decides: `high` is `max` of a fidelity. */
const dictionary: readonly (readonly [ours: string, foreign: readonly string[]])[] = [
  ['scale: "log"', ["log", "is log", "log scale", "logarithmic", "log uniform", "use log"]],
  ['scale: "mirroredLog"', ["reverse log"]],
  ["scale", ["sampling", "scaling", "scale type", "distribution", "prior", "transform"]],
  ["step", ["step size", "q", "quantization", "increment", "resolution"]],
  ["low", ["min", "minimum", "min value", "lower", "lower bound", "start", "from", "bounds", "range"]],
  ["high", ["max", "maximum", "max value", "upper", "upper bound", "stop", "end", "to"]],
  ["options", ["values", "choices", "categories", "items", "feasible values"]],
  ["ordered", ["is ordered", "ordinal", "sort values"]],
  ["kind", ["type", "parameter type", "value type"]],
  ["parent", ["depends on", "parent name", "condition", "when"]],
  ["values", ["parent values", "equals"]],
  ["goal", ["direction", "mode", "optimization goal", "sense"]],
  ['goal: "minimize"', ["minimize", "minimise"]],
  ['goal: "maximize"', ["maximize", "maximise", "larger is better"]],
  ["objectives", ["directions", "metrics", "metric", "objective", "metric information"]],
  ["constraints", ["constraints func", "outcome constraints", "n constraints"]],
  ["space", ["search space", "param space", "parameters", "params", "hyperparameters", "param distributions", "parametrization"]],
  [
    "strategy",
    ["sampler", "pruner", "scheduler", "search alg", "algorithm", "algo", "oracle", "tuner", "generation strategy", "optimizer"],
  ],
  ["seed", ["random state", "random seed", "rng"]],
  ["events", ["storage", "log", "history"]],
  [
    "trials",
    ["n trials", "max trials", "num trials", "num samples", "total trials", "max evals", "max evaluations", "n calls", "n iter", "budget"],
  ],
  ["workers", ["n jobs", "num workers", "max concurrent", "max concurrent trials", "concurrency", "parallelism"]],
  ["onTrial", ["callback", "callbacks", "on trial complete"]],
  ["min", ["min resource", "min budget", "min t", "grace period", "minimum", "min value", "lower", "low", "start", "from"]],
  ["max", ["max resource", "max budget", "max t", "max epochs", "maximum", "max value", "upper", "high", "stop", "to"]],
  ["unit", ["resource attr", "time attr", "name", "resource"]],
  ["whole", ["integer", "is integer", "discrete", "int"]],
  ["fidelity", ["budget", "resource", "max resource", "max t", "max epochs", "hyperband iterations"]],
  ["eta", ["reduction factor", "factor"]],
  ["initial", ["n startup trials", "n initial points", "num initial points", "num initial trials", "n random starts", "initial points"]],
  ["startup", ["n startup trials", "n initial points", "num initial points", "n random starts"]],
  ["candidates", ["n ei candidates"]],
  ["acquisition", ["acq func", "acq function", "acquisition function"]],
  ["value", ["loss", "score", "result", "objective value"]],
  ["costSeconds", ["cost", "duration", "seconds", "runtime"]],
  ["label", ["title", "display name", "id"]],
  ["first", ["start", "from"]],
  ["count", ["n seeds", "repeats", "repetitions"]],
];

const foreignWords: ReadonlyMap<string, readonly string[]> = wordsOf(dictionary);

function wordsOf(lines: typeof dictionary): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  for (const [ours, foreign] of lines) {
    for (const word of foreign.map(lettersOf)) words.set(word, [...(words.get(word) ?? []), ours]);
  }
  return words;
}

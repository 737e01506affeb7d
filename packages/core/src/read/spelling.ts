/**
 * What to do about a key that is not known: the key that was meant. It may be misspelt, or it may be the word of another tool: Optuna,
 * KerasTuner, Ax, Vizier, Ray Tune, Hyperopt, scikit-optimize, Nevergrad or SMAC.
 */
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";

/** One or two sentences: `Did you mean "scale"?` or `Write scale: "log".` */
export function remedyForKey(key: string, known: readonly string[]): string {
  if (known.length === 0) return "Drop it.";
  const plain = lettersOf(key);
  const same = known.find((name) => lettersOf(name) === plain);
  if (same !== undefined) return didYouMean(same, known);
  const ours = dictionary.find(([word, foreign]) => known.includes(nameIn(word)) && foreign.split(" ").includes(plain))?.[0];
  if (ours === undefined) return didYouMean(key, known);
  return ours === nameIn(ours) ? `Caviar calls it ${show(ours)}.` : `Write ${ours}.`;
}

/** What to do about a value that should be one of `words`, and is not. */
export function remedyForWord(value: unknown, words: readonly string[]): string {
  if (typeof value !== "string" || words.length < 2) return "Correct the value.";
  const start = lettersOf(value).slice(0, 3);
  const same = start.length === 3 ? words.filter((word) => lettersOf(word).startsWith(start)) : [];
  return didYouMean(same.length === 1 ? same[0] : value, words);
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

const measured = "loss score accuracy error metric result objective reward fitness valloss valaccuracy rmse auc f1";
const least = "minimum minvalue lower";
const most = "maximum maxvalue upper";
const resource = "resource maxt maxepochs";

/**
 * What Caviar calls it, and the words of others without capitals, spaces and underscores. The first line that has a known key decides:
 * `high` is `max` of a fidelity.
 */
const dictionary: readonly (readonly [ours: string, foreign: string])[] = [
  ['scale: "log"', "log islog logscale loguniform"],
  ["scale", "sampling distribution"],
  ["low", `${least} min lowerbound`],
  ["high", `${most} max upperbound`],
  ["options", "values choices categories"],
  ["goal", "direction mode"],
  ['goal: "minimize"', "minimize"],
  ['goal: "maximize"', "maximize"],
  ["objectives", "directions metrics"],
  ["space", "searchspace params"],
  ["strategy", "sampler pruner scheduler searchalg algorithm oracle tuner optimizer"],
  ["seed", "randomstate"],
  ["trials", "ntrials maxtrials numsamples maxevals ncalls niter budget"],
  ["workers", "njobs maxconcurrenttrials parallelism"],
  ["onTrial", "callbacks"],
  ["min", `${least} low minresource graceperiod`],
  ["max", `${most} high max${resource}`],
  ["whole", "integer int"],
  ["eta", "reductionfactor"],
  ["fidelity", `${resource} budget`],
  ["value", measured],
  ["values", `${measured} losses scores metrics results objectives`],
];

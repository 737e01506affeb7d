/** Strategies by name, with their options as data: what plans, command lines and the wire choose from. */
import { bayesoptOptions, bayesoptSampler } from "@caviar-hpo/bayesopt";
import {
  type Composed,
  ConfigError,
  complete,
  compose,
  type Fidelity,
  type Json,
  nearest,
  type OptionSpecs,
  type Problem,
  readOptions,
  root,
  type Sampler,
  type Scheduler,
  type Strategy,
  show,
} from "@caviar-hpo/core";
import {
  asha,
  ashaOptions,
  asynchronousHyperband,
  asynchronousHyperbandOptions,
  bracketOptions,
  bracketTable,
  caviar,
  caviarOptions,
  hyperband,
  hyperbandOptions,
  medianRule,
  medianRuleOptions,
  panda,
  pandaOptions,
  pasha,
  pashaOptions,
  populationBased,
  populationBasedOptions,
  showBrackets,
  successiveHalving,
  successiveHalvingOptions,
  successiveHalvingTable,
} from "@caviar-hpo/hyperband";
import {
  bohbOptions,
  bohbSampler,
  coarseToFineOptions,
  coarseToFineSampler,
  dehbOptions,
  dehbSampler,
  differentialEvolutionOptions,
  differentialEvolutionSampler,
  gridOptions,
  gridSampler,
  haltonSampler,
  latinHypercubeOptions,
  latinHypercubeSampler,
  randomSampler,
  rSequenceSampler,
  sequenceOptions,
  sobolSampler,
  tpeOptions,
  tpeSampler,
} from "@caviar-hpo/samplers";

export type StrategyOptions = { readonly [name: string]: string | number | boolean };

export type StrategyEntry = {
  readonly name: string;
  /** One sentence. */
  readonly doc: string;
  readonly options: OptionSpecs;
  /** Whether it decides how far each trial is trained: then it needs a problem with a fidelity. Others train every trial to the end. */
  readonly multiFidelity: boolean;
  /** Whether the points that it tries depend on what earlier ones have measured. */
  readonly adaptive: boolean;
  /** @throws ConfigError for an unknown option or a value out of range. */
  readonly create: (options?: StrategyOptions) => Strategy;
  /**
   * What it is going to do, known before anything runs, where there is such a thing: the bracket table, as lines of text.
   *
   * @throws ConfigError as `create` does, and for a range of fidelities that has no brackets, or such as no study can fill.
   */
  readonly plan?: (fidelity: Fidelity, options?: StrategyOptions) => string;
};

/** DEHB always refills. */
const { promote: _refill, ...refillingOptions } = hyperbandOptions;

export const strategies: readonly StrategyEntry[] = [
  search("random", "Independent uniform points.", {}, (options) => {
    readOptions("random", {}, options);
    return randomSampler();
  }),
  search("grid", "Every combination of evenly spaced values once, in random order.", gridOptions, gridSampler),
  search(
    "latinHypercube",
    "Stratified designs: each parameter's range is cut into as many slices as there are points.",
    latinHypercubeOptions,
    latinHypercubeSampler,
  ),
  search("sobol", "Scrambled Sobol points.", sequenceOptions, sobolSampler),
  search("halton", "Scrambled Halton points.", sequenceOptions, haltonSampler),
  search("rSequence", "Roberts' R-sequence, shifted at random.", sequenceOptions, rSequenceSampler),
  adaptive(
    search(
      "coarseToFine",
      "Random points in the whole space, then denser ones around the best, in stages.",
      coarseToFineOptions,
      coarseToFineSampler,
    ),
  ),
  adaptive(search("bayesopt", "Gaussian-process Bayesian optimisation.", bayesoptOptions, bayesoptSampler)),
  adaptive(
    search(
      "tpe",
      "Tree-structured Parzen estimators: points that are likelier among the best than among the rest.",
      tpeOptions,
      tpeSampler,
    ),
  ),
  adaptive(
    search(
      "differentialEvolution",
      "Differential evolution: points are crossings of a population, whose members they contend with.",
      differentialEvolutionOptions,
      differentialEvolutionSampler,
    ),
  ),
  schedule(
    "successiveHalving",
    "Random points trained a little, the best of them further, and so on to the end.",
    successiveHalvingOptions,
    successiveHalving,
    (fidelity, options) => showBrackets(successiveHalvingTable(fidelity, options)),
  ),
  schedule(
    "hyperband",
    "Hyperband: successive halving of random points, in brackets from the boldest to plain search.",
    hyperbandOptions,
    hyperband,
    showTable,
  ),
  schedule(
    "asha",
    "Asynchronous successive halving of random points: no stage waits for its last trial.",
    ashaOptions,
    asha,
    showRungs(asha),
  ),
  schedule(
    "asynchronousHyperband",
    "Asynchronous successive halving of random points in all brackets of Hyperband at once.",
    asynchronousHyperbandOptions,
    asynchronousHyperband,
    (fidelity, options) => `${showTable(fidelity, options)}\n${asynchronously(options)}`,
  ),
  schedule(
    "pasha",
    "Asynchronous successive halving of random points that adds a rung only while the highest two disagree.",
    pashaOptions,
    pasha,
    showRungs(pasha),
  ),
  schedule(
    "medianRule",
    "Random points, each stopped when it is worse than the median of the others so far.",
    medianRuleOptions,
    medianRule,
    showRungs(medianRule),
  ),
  {
    ...schedule("caviar", "Random points, all trained to the end; only the best one's checkpoints are kept.", caviarOptions, caviar),
    multiFidelity: false,
  },
  adaptive(
    entry(
      "populationBased",
      "Population-based training: the worst take over the checkpoints of the best, and change hyperparameters a little.",
      populationBasedOptions,
      true,
      populationBased,
    ),
  ),
  adaptive(
    entry(
      "panda",
      "One model, babysat: nudged again and again, and back to its last checkpoint when it got worse.",
      pandaOptions,
      true,
      panda,
    ),
  ),
  hybrid("bohb", "BOHB: Hyperband over tree-structured Parzen estimators.", hyperbandOptions, hyperband, bohbOptions, bohbSampler),
  hybrid(
    "dehb",
    "DEHB: Hyperband over differential evolution, which fills the upper stages with new points too.",
    refillingOptions,
    (options) => hyperband({ ...options, promote: "refill" }),
    dehbOptions,
    dehbSampler,
  ),
  hybrid(
    "gpHyperband",
    "Hyperband over Gaussian-process Bayesian optimisation.",
    hyperbandOptions,
    hyperband,
    bayesoptOptions,
    bayesoptSampler,
  ),
];

/**
 * @param name one of `strategies`.
 * @param problem what it is to solve, if that is known: then it is checked that the strategy suits it.
 * @throws ConfigError for an unknown name (with the nearest known one), a bad option, or a problem without a fidelity where the strategy
 * needs one.
 */
export function createStrategy(name: string, options: StrategyOptions = {}, problem?: Problem): Strategy {
  const found = findStrategy(name);
  if (found.multiFidelity && problem?.fidelity === null) {
    throw new ConfigError({
      code: "unsuitableStrategy",
      what: `strategy ${show(name)}`,
      expected: "a problem with a fidelity",
      got: "one without",
      remedy: 'Say how far a trial can be trained: fidelity: { unit: "epochs", min: 1, max: 27, whole: true }, for instance.',
    });
  }
  return found.create(options);
}

/**
 * What a strategy is going to do with a problem, for people, to be shown before it runs: Hyperband's bracket table, the rungs of asha. Null
 * where nothing is known before.
 *
 * @throws ConfigError as `createStrategy` does.
 */
export function planOf(name: string, options: StrategyOptions, problem: Pick<Problem, "fidelity">): string | null {
  const { plan } = findStrategy(name);
  return plan === undefined || problem.fidelity === null ? null : plan(problem.fidelity, options);
}

/** @throws ConfigError for an unknown name, with the nearest known one. */
export function findStrategy(name: string): StrategyEntry {
  const found = strategies.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = strategies.map((one) => one.name);
  throw new ConfigError({
    code: "unknownStrategy",
    what: "strategy",
    expected: `one of ${names.join(", ")}`,
    got: show(name),
    remedy: `Did you mean ${show(nearest(String(name), names))}?`,
  });
}

/** What it makes is called as it is here, whatever it is composed of. */
function entry<S extends Json>(
  name: string,
  doc: string,
  options: OptionSpecs,
  multiFidelity: boolean,
  create: (given: StrategyOptions) => Strategy<S>,
): StrategyEntry {
  return { name, doc, options, multiFidelity, adaptive: false, create: (given = {}) => ({ ...create(given), name }) };
}

function adaptive(one: StrategyEntry): StrategyEntry {
  return { ...one, adaptive: true };
}

function search<S extends Json>(
  name: string,
  doc: string,
  options: OptionSpecs,
  sampler: (given: StrategyOptions) => Sampler<S>,
): StrategyEntry {
  return entry(name, doc, options, false, (given) => compose(complete, sampler(given)));
}

/** A scheduler over random points. */
function schedule<S extends Json>(
  name: string,
  doc: string,
  options: OptionSpecs,
  scheduler: (given: StrategyOptions) => Scheduler<S>,
  plan?: (fidelity: Fidelity, given: StrategyOptions) => string,
): StrategyEntry {
  const made = entry(name, doc, options, true, (given) => compose(scheduler(given), randomSampler()));
  if (plan === undefined) return made;
  return {
    ...made,
    plan: (fidelity, given = {}) => {
      const all = readOptions<StrategyOptions>(name, options, given);
      checkFidelity(scheduler(all), fidelity);
      return plan(fidelity, all);
    },
  };
}

/** Hyperband over a sampler that learns; it has the options of both, no two of the same name. */
function hybrid<A extends Json, B extends Json>(
  name: string,
  doc: string,
  schedulerOptions: OptionSpecs,
  scheduler: (given: StrategyOptions) => Scheduler<A>,
  samplerOptions: OptionSpecs,
  sampler: (given: StrategyOptions) => Sampler<B>,
): StrategyEntry {
  const options = { ...schedulerOptions, ...samplerOptions };
  const read = (given: StrategyOptions): StrategyOptions => readOptions<StrategyOptions>(name, options, given);
  const make = (given: StrategyOptions): Strategy<Composed<A, B>> => {
    const all = read(given);
    return compose(scheduler(pick(all, schedulerOptions)), sampler(pick(all, samplerOptions)));
  };
  return {
    ...adaptive(entry(name, doc, options, true, make)),
    plan: (fidelity, given = {}) => {
      const all = read(given);
      checkFidelity(scheduler(pick(all, schedulerOptions)), fidelity);
      return showTable(fidelity, all);
    },
  };
}

/** What a study would refuse when it is opened is not promised before. */
function checkFidelity<S extends Json>(scheduler: Scheduler<S>, fidelity: Fidelity): void {
  scheduler.init(fidelity, root(0));
}

function pick(options: StrategyOptions, names: object): StrategyOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(names, name)));
}

/** Hyperband's, synchronous or not. */
function showTable(fidelity: Fidelity, options: StrategyOptions): string {
  return showBrackets(bracketTable(fidelity, pick(options, bracketOptions)));
}

/** What of its table asynchronous Hyperband keeps. */
function asynchronously({ variant }: StrategyOptions): string {
  const rule = variant === "stopping" ? "every trial trains on until it is stopped" : "promotions wait for nobody";
  return `New trials are shared among the brackets as in stage 0; ${rule}, so that later stages come out as large or somewhat larger.`;
}

/** Where a scheduler that plans no numbers of trials decides. */
function showRungs<S extends Json>(
  scheduler: (given: StrategyOptions) => Scheduler<S>,
): (fidelity: Fidelity, given: StrategyOptions) => string {
  return (fidelity, given) => {
    const one = scheduler(given);
    const rungs = one.rungs(one.init(fidelity, root(0)));
    return `${one.name} decides at ${rungs.join(", ")} ${fidelity.unit}`;
  };
}

/**
 * Differential evolution (Storn and Price 1997), asynchronous as in DEHB (Awad, Mallik and Hutter, IJCAI 2021). The members of the
 * population are targets in turn. A child competes with its target as soon as the child has a measurement. The parents are the members at
 * the moment of the ask. So any number of workers can ask at any time, and a lost child only costs its evaluation.
 *
 * Each fidelity has its own population. A trial that a scheduler promotes joins the population of the fidelity that it reaches. If a
 * scheduler offers the best trials of the rung below instead (`Slot.below`), children are mutants of the best members of the fidelity
 * below, crossed with a target of the slot's own fidelity. While that fidelity has too few members, new trials repeat the configurations
 * below.
 *
 * Apart from these repeats, no configuration is tried twice while others are left. Crossing and clipping to the bounds would often make
 * copies of points that have been evaluated.
 */
import {
  type Config,
  choice,
  decodeFeasible,
  decodeNear,
  derive,
  encode,
  int,
  type Key,
  type Problem,
  real,
  type Sampler,
  type SamplerCard,
  type Space,
  type Stream,
  stream,
  type Trial,
  type TrialId,
  uniformConfig,
} from "@caviar-hpo/core";
import {
  type Context,
  completed,
  type LeastTrials,
  type OptionSpec,
  type OptionSpecs,
  readOptions,
  type Slot,
  sameJson,
  samplerCard,
  type Tried,
  triedIn,
} from "@caviar-hpo/core/contract";
import { bestFirst, type Contender, type Individual, type Population, populationAt, progressOf, seat } from "./population.ts";
import { cross, mutate, type Vector } from "./vectors.ts";

/** `contenders` wait for a measurement. The sampler has searched all trials below `scanned` for results from elsewhere. */
export type DifferentialEvolutionState = {
  readonly key: Key;
  readonly populations: Population[];
  contenders: Contender[];
  scanned: number;
};

export type DehbOptions = {
  /**
   * The base of a mutant. rand/1: a random parent. best/1: the best member. currentToBest/1: the point at the fraction `factor` of the way
   * from the target to the best member. One of "rand/1", "best/1", "currentToBest/1"; "rand/1" by default.
   */
  readonly mutation?: string;
  /**
   * F, the factor of the difference of two parents. The product is added to the base. A number from 0 to 2, both included; 0.5 by default.
   */
  readonly factor?: number;
  /** CR, the probability that a child takes a coordinate from the mutant. A number from 0 to 1, both included; 0.5 by default. */
  readonly crossover?: number;
};
export type DifferentialEvolutionOptions = DehbOptions & {
  /**
   * How many members the population has. Points are random until it is full. A whole number from 4 to 100000, both included; 20 by default.
   */
  readonly population?: number;
};

export const dehbOptions: OptionSpecs & Record<keyof DehbOptions, OptionSpec> = {
  mutation: {
    param: choice(["rand/1", "best/1", "currentToBest/1"]),
    default: "rand/1",
    doc: "The base of a mutant. rand/1: a random parent. best/1: the best member. currentToBest/1: the point at the fraction `factor` of the way from the target to the best member.",
  },
  factor: {
    param: real(0, 2),
    default: 0.5,
    doc: "F, the factor of the difference of two parents. The product is added to the base.",
  },
  crossover: { param: real(0, 1), default: 0.5, doc: "CR, the probability that a child takes a coordinate from the mutant." },
};

export const differentialEvolutionOptions: OptionSpecs & Record<keyof DifferentialEvolutionOptions, OptionSpec> = {
  population: { param: int(4, 100_000), default: 20, doc: "How many members the population has. Points are random until it is full." },
  ...dehbOptions,
};

/**
 * Makes a sampler whose populations all have the same fixed size. Use it alone, or with schedulers whose trials start at one fidelity.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function differentialEvolutionSampler(options: DifferentialEvolutionOptions = {}): Sampler<DifferentialEvolutionState> {
  const { population, ...rules } = readOptions("differentialEvolution", differentialEvolutionOptions, options);
  return evolution("differentialEvolution", { ...rules, seats: population });
}

export const differentialEvolutionCard: SamplerCard = samplerCard({
  name: "differentialEvolution",
  doc: "Differential evolution of a population of points. Each child crosses some of them, and replaces its parent if it is at least as good.",
  options: differentialEvolutionOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { population: 5 },
  sampler: differentialEvolutionSampler,
});

/**
 * Makes the sampler of DEHB, for schedulers that refill the upper rungs of their brackets: `compose(hyperband({ promote: "refill" }),
 * dehbSampler())`. A population has at least as many members as the largest rung that was filled at its fidelity had slots. All trials that
 * were promoted to that fidelity are members, too.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function dehbSampler(options: DehbOptions = {}): Sampler<DifferentialEvolutionState> {
  return evolution("dehb", { ...readOptions("dehb", dehbOptions, options), seats: null });
}

/** For composition: it evolves only under a scheduler that gives a fidelity several slots. */
export const dehbSamplerCard: SamplerCard = samplerCard({
  name: "dehb",
  doc: "Differential evolution with a population for each fidelity.",
  options: dehbOptions,
  adaptive: true,
  dependsOn: "order",
  sampler: dehbSampler,
});

/** `seats` is the size of a population; null if the slots of the scheduler decide it. */
type Rules = Required<DehbOptions> & { readonly seats: number | null };
type Child = { readonly point: Vector; readonly target: number | null; readonly by: "start" | "promotion" | "evolution" };

function evolution(name: string, rules: Rules): Sampler<DifferentialEvolutionState> {
  return {
    name,
    version: name === "dehb" ? 3 : 2,
    can: { conditional: true, objectives: 1, constraints: true, external: true },
    init: (_problem, key) => ({ key, populations: [], contenders: [], scanned: 0 }),
    ...(rules.seats !== null && { leastTrials: () => leastFor(rules.seats!) }),
    suggest: (state, context, { slot, trial, given }) => {
      welcome(state, context);
      settle(state, context, rules);
      const { space } = context.problem;
      const key = derive(state.key, trial);
      const tried = triedIn(context);
      const child = repaired(space, childFor(state, context, slot, rules, { tried, source: stream(key) }), key);
      const config = decodeVector(context, child.point);
      const mayStay = child.by === "promotion" || !tried.has(config) || tried.spent;
      const untried = mayStay ? null : tried.near(config, stream(derive(key, "untried")));
      const other = given === undefined ? untried : completed(space, given, config);
      const point = other === null ? child.point : [...encode(space, other)];
      state.contenders.push({ trial, point, fidelity: slot.until, target: child.target });
      return { config: other ?? config, note: { by: child.by } };
    },
    tell: (state, { problem, history }, report) => {
      // A queued or promoted trial did not contend at this fidelity so far. Now it does.
      if (report.kind !== "finished") return;
      const { trial, measurement } = report;
      if (state.contenders.some((one) => one.trial === trial && one.fidelity === measurement.fidelity)) return;
      if (member(state, trial, measurement.fidelity)) return;
      const point = pointOf(state, trial) ?? [...encode(problem.space, history.trials[trial]!.config)];
      state.contenders.push({ trial, point, fidelity: measurement.fidelity, target: null });
    },
    observe: (state, { problem, history }, trial) => {
      // The next suggestion welcomes a later trial.
      if (trial < state.scanned) enterFinished(state, problem, history.trials[trial]!);
    },
  };
}

function leastFor(population: number): LeastTrials {
  return {
    trials: population + 1,
    observed: true,
    because: `the first ${population} points are random`,
    remedy: `Allow more than ${population} trials, or set the option population lower.`,
  };
}

/** Results from elsewhere contend. */
function welcome(state: DifferentialEvolutionState, { problem, history }: Context): void {
  if (state.scanned >= history.trials.length) return;
  const contending = new Set(state.contenders.map((one) => one.trial));
  for (const trial of history.trials.slice(state.scanned)) if (!contending.has(trial.id)) enterFinished(state, problem, trial);
  state.scanned = history.trials.length;
}

/** A trial from elsewhere contends at its own fidelity once it has finished. */
function enterFinished(state: DifferentialEvolutionState, { space }: Problem, { id, status, curve, config }: Trial): void {
  if (status !== "finished") return;
  state.contenders.push({ trial: id, point: [...encode(space, config)], fidelity: curve.at(-1)!.fidelity, target: null });
}

/** Goes through the contenders by trial and not by arrival, so that the order of the reports between two asks does not matter. */
function settle(state: DifferentialEvolutionState, { history }: Context, { seats }: Rules): void {
  const progress = state.contenders.map((one) => ({ one, at: progressOf(one, history) }));
  if (progress.every(({ at }) => at === "waits")) return;
  const measured = progress
    .filter(({ at }) => at === "measured")
    .sort((a, b) => a.one.trial - b.one.trial || a.one.fidelity - b.one.fidelity);
  for (const { one } of measured) seat(populationAt(state.populations, one.fidelity), one, seats ?? Infinity, history);
  state.contenders = progress.filter(({ at }) => at === "waits").map(({ one }) => one);
}

type EvolutionDraws = { readonly tried: Tried; readonly source: Stream };

function childFor(state: DifferentialEvolutionState, context: Context, slot: Slot, rules: Rules, { tried, source }: EvolutionDraws): Child {
  const { problem, history } = context;
  const population = populationAt(state.populations, slot.until);
  if (population.bracket !== slot.bracket) Object.assign(population, { bracket: slot.bracket, slots: 0, promoted: 0 });
  population.slots++;
  const starting = state.contenders.filter((one) => one.fidelity === slot.until && one.target === null).length;
  const isNew = (point: Vector): boolean => !tried.has(decodeVector(context, point)) || tried.spent;
  const random = (): Vector => {
    let point: Vector = [];
    for (let drawn = 0; drawn < mostDraws && (drawn === 0 || !isNew(point)); drawn++)
      point = Array.from({ length: problem.space.dims }, source.uniform);
    return point;
  };
  if (population.members.length + starting < (rules.seats ?? population.slots)) {
    const promoted = slot.below[population.promoted];
    if (promoted === undefined) return { point: random(), target: null, by: "start" };
    population.promoted++;
    return { point: vectorOf(state, context, promoted), target: null, by: "promotion" };
  }
  const { members } = population;
  if (members.length === 0 || problem.space.dims === 0) return { point: random(), target: null, by: "start" };
  const target = population.turn % members.length;
  population.turn++;
  const parents = parentsOf(state, context, slot, population, target);
  if (parents.length < 3) return { point: random(), target, by: "start" };
  const best = slot.below.length > 0 ? parents[0]! : bestFirst(population, history)[0]!.point;
  const { point: from } = members[target]!;
  const before = decodeVector(context, from);
  for (let attempt = 0; attempt < mostDraws; attempt++) {
    const child = cross(from, mutantOf(rules, from, best, parents, source), rules.crossover, source);
    // Even where nothing is left to try, a child that is equal to its target teaches nothing.
    if (isNew(child) && !sameJson(decodeVector(context, child), before)) return { point: child, target, by: "evolution" };
  }
  return { point: random(), target, by: "start" };
}

const mostDraws = 8;

/**
 * The points that mutants are made of. In an upper rung, these are the best members of the next lower fidelity: as many as the trials
 * below, and at least three. In a lowest rung, they are the other members. If these are fewer than three, more members join them: first
 * those of the slot's fidelity, and then those of all others.
 */
function parentsOf(
  { populations }: DifferentialEvolutionState,
  { history }: Context,
  slot: Slot,
  population: Population,
  target: number,
): readonly Vector[] {
  const pointsOf = (members: readonly Individual[]): readonly Vector[] => members.map((one) => one.point);
  const below = slot.below.length === 0 ? undefined : nextBelow(populations, slot.until);
  const best = below === undefined ? [] : pointsOf(bestFirst(below, history).slice(0, Math.max(3, slot.below.length)));
  if (best.length >= 3) return best;
  const own = [...best, ...pointsOf(population.members.filter((_, index) => index !== target))];
  if (own.length >= 3) return own;
  return [...own, ...pointsOf(populations.filter((one) => one !== population && one !== below).flatMap((one) => one.members))];
}

/** The population of the highest fidelity below this one. */
function nextBelow(populations: readonly Population[], until: number): Population | undefined {
  const lower = populations.filter(({ fidelity }) => fidelity < until);
  return lower.reduce<Population | undefined>((high, one) => (high === undefined || one.fidelity > high.fidelity ? one : high), undefined);
}

function mutantOf(rules: Rules, from: Vector, best: Vector, parents: readonly Vector[], source: Stream): Vector {
  const [a, b, c] = threeOf(parents, source);
  switch (rules.mutation) {
    case "best/1":
      return mutate(best, a, b, rules.factor);
    case "currentToBest/1":
      return mutate(mutate(from, best, from, rules.factor), a, b, rules.factor);
    default:
      return mutate(a, b, c, rules.factor);
  }
}

/** Three different parents. */
function threeOf(parents: readonly Vector[], source: Stream): readonly [Vector, Vector, Vector] {
  const a = source.integer(parents.length);
  let b = source.integer(parents.length - 1);
  if (b >= a) b++;
  let c = source.integer(parents.length - 2);
  if (c >= Math.min(a, b)) c++;
  if (c >= Math.max(a, b)) c++;
  return [parents[a]!, parents[b]!, parents[c]!];
}

function vectorOf(state: DifferentialEvolutionState, { problem, history }: Context, trial: TrialId): Vector {
  return pointOf(state, trial) ?? [...encode(problem.space, history.trials[trial]!.config)];
}

/** The point that a member or a contender was decoded from. */
function pointOf({ populations, contenders }: DifferentialEvolutionState, trial: TrialId): Vector | undefined {
  const is = (one: Individual): boolean => one.trial === trial;
  for (const { members } of populations) {
    const found = members.find(is);
    if (found !== undefined) return found.point;
  }
  return contenders.find(is)?.point;
}

function member({ populations }: DifferentialEvolutionState, trial: TrialId, fidelity: number): boolean {
  return populations.some((one) => one.fidelity === fidelity && one.members.some((each) => each.trial === trial));
}

function decodeVector({ problem }: Context, point: Vector): Config {
  return decodeNear(problem.space, Float64Array.from(point));
}

/** A child that breaks a constraint: a random one is drawn again from the feasible part of the space, any other is moved into it. */
function repaired(space: Space, child: Child, key: Key): Child {
  const unit = Float64Array.from(child.point);
  if (decodeFeasible(space, unit) !== null) return child;
  const config = child.by === "start" ? uniformConfig(space, derive(key, "feasible")) : decodeNear(space, unit);
  return { ...child, point: [...encode(space, config)] };
}

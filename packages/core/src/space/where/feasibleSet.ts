/**
 * The feasible set of a space: the configurations that fulfil its constraints. It draws from the set, and moves points of the unit cube
 * into it. Everything is a function of the space, the point and the key, so that a study has the same bits wherever it runs.
 *
 * Drawing. Where at least one of 512 uniform points is feasible, points are drawn until one is: uniform on the feasible part, in the
 * coordinate of each parameter's scale. Elsewhere a hit-and-run walk starts from a feasible point (R. L. Smith, Efficient Monte Carlo
 * procedures for generating points uniformly distributed over bounded regions, Operations Research 32, 1984), with the shrinking intervals
 * of R. M. Neal, Slice sampling, Annals of Statistics 31 (2003), section 4. Some steps go along the difference of two feasible points,
 * since a walk along coordinates hardly moves in a narrow band. It leaves the uniform distribution unchanged, and comes close to it within
 * each connected part of the set that the search for feasible points has found.
 */
import { ConfigError } from "../../contract/errors.ts";
import { derive, type Key } from "../../random/key.ts";
import { type Stream, stream } from "../../random/stream.ts";
import { show } from "../../text/show.ts";
import { encode } from "../codec.ts";
import { type Config, plainOf, type Space } from "../param.ts";
import { readEqualities } from "./equalities.ts";
import { type Accept, lastFeasible, randomFeasibleStep } from "./feasibleSteps.ts";
import { canHold } from "./interval.ts";
import type { Rule } from "./readConstraints.ts";
import { searchFeasible } from "./searchFeasible.ts";
import { type Restrictions, ruleViolation, settle, settled, uniformUnit } from "./settle.ts";

/** The feasible set of a space. */
export type FeasibleSet = {
  readonly rules: readonly Rule[];
  /** The first constraint that a configuration breaks, or null. */
  broken(config: Config): Rule | null;
  /** Throws ConfigError with the first constraint that a configuration breaks, and the values. */
  check(config: Config): void;
  /** Whether a configuration whose last parameters have no values yet may fulfil the constraints. true if their bounds do not decide it. */
  mayHold(beginning: Config): boolean;
  /** The configuration at a point of the unit cube, with equalities solved. null if it breaks a constraint. */
  at(unit: Float64Array): Config | null;
  /**
   * A feasible configuration near the point: the one at the point, or the last feasible one on the line from a known feasible point to it.
   */
  near(unit: Float64Array): Config;
  /** The configuration itself if it is feasible, otherwise a feasible one near it. */
  repair(config: Config): Config;
  /** A random feasible configuration. */
  draw(source: Stream): Config;
  /** The first that the stream of a key gives. */
  drawAt(key: Key): Config;
  /** How far the configuration at a point, with equalities solved, is from fulfilling the constraints. */
  measure(unit: Float64Array): FeasibleMeasure;
  /** The parameters that equalities compute from the others while all parameters are active. */
  readonly determined: readonly string[];
  /** The same constraints in a space whose parameters have fewer values. */
  within(narrow: Space): FeasibleSet;
  /** Searches for feasible points, as the first `near` or `draw` would. Throws SpaceError if it finds none. */
  prepare(): void;
};

/**
 * `violations` has one entry per rule, in its own units, and then how far computed values are outside their ranges. All are 0 if the point
 * is feasible.
 */
export type FeasibleMeasure = { readonly config: Config; readonly violations: readonly number[] };

export function createFeasibleSet(restrictions: Restrictions): FeasibleSet {
  let known: Seeds | null = null;
  const seeds = (): Seeds => {
    known ??= findSeeds(restrictions);
    return known;
  };
  const broken = (config: Config): Rule | null => restrictions.rules.find((rule) => ruleViolation(rule, config) > 0) ?? null;
  const near = (unit: Float64Array): Config => settle(restrictions, unit, null) ?? pull(restrictions, seeds().units, unit);
  const draw = (source: Stream): Config => {
    const { units, acceptance } = seeds();
    const tries = acceptance >= leastAcceptance ? Math.ceil(64 / acceptance) : 0;
    for (let tried = 0; tried < tries; tried++) {
      const config = settle(restrictions, uniformUnit(restrictions.space, source), source);
      if (config !== null) return config;
    }
    return settle(restrictions, walk(restrictions, units[source.integer(units.length)]!, units, source), null)!;
  };
  return {
    rules: restrictions.rules,
    broken,
    check(config) {
      const rule = broken(config);
      if (rule !== null) refuse(rule, config);
    },
    mayHold: (beginning) => mayHold(restrictions, beginning),
    at: (unit) => settle(restrictions, unit, null),
    near,
    measure: (unit) => {
      const { config, outside } = settled(restrictions, unit, null);
      return { config, violations: [...restrictions.rules.map((rule) => ruleViolation(rule, config)), outside] };
    },
    repair: (config) => (broken(config) === null ? config : near(encode(restrictions.space, config))),
    within(space) {
      const params = new Map(space.params.map(([name, param]) => [name, plainOf(param)]));
      const { rules } = restrictions;
      return createFeasibleSet({ ...restrictions, space, params, equalities: readEqualities(rules, params) });
    },
    prepare: () => void seeds(),
    determined: restrictions.equalities?.determined ?? [],
    draw,
    drawAt: (key) => draw(stream(key)),
  };
}

/** A parameter with a value is one with a single option. A rule with a conditional parameter that has no value yet may not apply. */
function mayHold({ space, params, rules }: Restrictions, beginning: Config): boolean {
  const isOpen = (name: string): boolean => !Object.hasOwn(beginning, name);
  const conditional = new Set(space.params.filter(([, param]) => param.kind === "given").map(([name]) => name));
  const narrowed = new Map(params);
  for (const [name, value] of Object.entries(beginning)) narrowed.set(name, { kind: "choice", options: [value], ordered: false });
  return rules.every(({ names, predicate }) => names.some((name) => isOpen(name) && conditional.has(name)) || canHold(predicate, narrowed));
}

const leastAcceptance = 1 / 512;

/** Feasible points of the unit cube, at least one, and the share of uniform points that are feasible. */
type Seeds = { readonly units: readonly Float64Array[]; readonly acceptance: number };

const probeKey: Key = [0x66656173, 0x69626c65, 0x70726f62, 0x65730000];
const [fewProbes, manyProbes, wantedSeeds] = [1024, 16_384, 64];

function findSeeds(restrictions: Restrictions): Seeds {
  const { space } = restrictions;
  const source = stream(probeKey);
  const units: Float64Array[] = [];
  let probes = 0;
  while (probes < fewProbes || (probes < manyProbes && units.length < wantedSeeds / 2)) {
    const unit = uniformUnit(space, source);
    if (settle(restrictions, unit, null) !== null) units.push(unit);
    probes++;
  }
  const acceptance = units.length / probes;
  if (acceptance >= leastAcceptance) return { units: units.slice(0, wantedSeeds), acceptance };
  const found = units.length >= 8 ? units : [...units, ...searchFeasible(restrictions, derive(probeKey, "search"))];
  const spread = Array.from({ length: wantedSeeds }, (_, at) =>
    walk(restrictions, found[at % found.length]!, found, stream(derive(probeKey, "spread", at))),
  );
  return { units: spread, acceptance };
}

/** A walk of 50 + 20 dims steps through the feasible set, of which `among` are some points. */
function walk(restrictions: Restrictions, from: Float64Array, among: readonly Float64Array[], source: Stream): Float64Array {
  const { dims } = restrictions.space;
  const step = { lower: new Float64Array(dims), upper: new Float64Array(dims).fill(1), tries: 60, accept: acceptIn(restrictions), among };
  let unit = from;
  for (let steps = 0; steps < 50 + 20 * dims; steps++) unit = randomFeasibleStep(unit, step, source);
  return unit;
}

function acceptIn(restrictions: Restrictions): Accept {
  return (unit) => (settle(restrictions, unit, null) === null ? null : unit);
}

/** From the three nearest seeds towards the point, as far as the way is feasible; the end that comes closest. */
function pull(restrictions: Restrictions, seeds: readonly Float64Array[], unit: Float64Array): Config {
  const accept = acceptIn(restrictions);
  const far = seeds.map((seed) => distance(seed, unit));
  const order = seeds.map((_, at) => at).sort((a, b) => far[a]! - far[b]! || a - b);
  const ends = order.slice(0, 3).map((at) => lastFeasible(seeds[at]!, unit, 24, accept));
  const best = ends.reduce((nearest, end) => (distance(end, unit) < distance(nearest, unit) ? end : nearest));
  return settle(restrictions, best, null)!;
}

function distance(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let axis = 0; axis < one.length; axis++) sum += (one[axis]! - other[axis]!) * (one[axis]! - other[axis]!);
  return sum;
}

function refuse(rule: Rule, config: Config): never {
  throw new ConfigError({
    code: "badConfig",
    what: `constraint ${rule.text}`,
    expected: "values that fulfil it",
    got: rule.names.map((name) => `${name} ${show(config[name])}`).join(", "),
    remedy: "Correct the values, or the constraint in where.",
  });
}

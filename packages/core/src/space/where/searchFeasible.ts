/** The search for feasible points where uniform points find none: it lessens the violation of the constraints step by step. */
import { SpaceError } from "../../contract/errors.ts";
import { derive, type Key } from "../../random/key.ts";
import { type Stream, stream } from "../../random/stream.ts";
import { show } from "../../text/show.ts";
import type { Config } from "../param.ts";
import { type Restrictions, ruleViolation, settled, uniformUnit } from "./settle.ts";

const [probes, quickStarts, quickSteps, longStarts, longSteps] = [1024, 24, 600, 8, 10_000];

/**
 * Feasible points of the unit cube, at least one. Effort: 24 searches of 600 steps, from the least violations among 1,024 uniform points;
 * then, until one is found, 8 searches of 10,000 steps.
 *
 * @throws SpaceError with the configuration that violates least, where all searches fail.
 */
export function searchFeasible(restrictions: Restrictions, key: Key): readonly Float64Array[] {
  const source = stream(key);
  const points = Array.from({ length: probes }, () => uniformUnit(restrictions.space, source));
  const measure = measureOf(restrictions, points);
  const ranked = points.map((unit) => ({ unit, violation: measure(unit) })).sort((a, b) => a.violation - b.violation);
  const quick = ranked.slice(0, quickStarts).map(({ unit }, at) => descend(measure, unit, quickSteps, stream(derive(key, "quick", at))));
  const found = quick.filter(({ violation }) => violation === 0);
  if (found.length > 0) return found.map(({ unit }) => unit);
  let best = quick.reduce((least, one) => (one.violation < least.violation ? one : least));
  for (let at = 0; at < longStarts; at++) {
    const end = descend(measure, at % 2 === 0 ? best.unit : ranked[at]!.unit, longSteps, stream(derive(key, "long", at)));
    if (end.violation === 0) return [end.unit];
    if (end.violation < best.violation) best = end;
  }
  return refuse(restrictions, settled(restrictions, best.unit, null).config);
}

type Measure = (unit: Float64Array) => number;

/** The sum of violations, each in units of the largest one among the given points, so that no constraint drowns another. */
function measureOf(restrictions: Restrictions, points: readonly Float64Array[]): Measure {
  const { rules } = restrictions;
  const configs = points.slice(0, 256).map((unit) => settled(restrictions, unit, null).config);
  const scales = rules.map((rule) => {
    const finite = configs.map((config) => ruleViolation(rule, config)).filter((violation) => violation < Infinity);
    return Math.max(...finite, 0) || 1;
  });
  return (unit) => {
    const { config, outside } = settled(restrictions, unit, null);
    return rules.reduce((sum, rule, at) => {
      const violation = ruleViolation(rule, config);
      // Below a billionth of the scale a violation still has to differ from none.
      return sum + (violation === 0 ? 0 : Math.min(1e6, Math.max(1e-12, violation / scales[at]!)));
    }, outside);
  };
}

type Place = { readonly unit: Float64Array; readonly violation: number };

/**
 * A (1+1) evolution strategy with the one-fifth rule (I. Rechenberg, Evolutionsstrategie, 1973); one step in four draws a single coordinate
 * again, which reaches other options of a choice.
 */
function descend(measure: Measure, start: Float64Array, steps: number, source: Stream): Place {
  let place: Place = { unit: start, violation: measure(start) };
  let width = 0.3;
  for (let step = 0; step < steps && place.violation > 0; step++) {
    const single = source.uniform() < 0.25;
    const unit = single ? redrawn(place.unit, source) : moved(place.unit, width, source);
    const violation = measure(unit);
    const better = violation <= place.violation;
    if (!single) width = Math.min(0.5, Math.max(1e-7, better && violation < place.violation ? width * 1.5 : width * 0.9036));
    if (better) place = { unit, violation };
  }
  return place;
}

function redrawn(unit: Float64Array, source: Stream): Float64Array {
  const next = unit.slice();
  next[source.integer(unit.length)] = source.uniform();
  return next;
}

function moved(unit: Float64Array, width: number, source: Stream): Float64Array {
  return unit.map((p) => Math.min(1, Math.max(0, p + width * source.normal())));
}

function refuse({ rules, space }: Restrictions, config: Config): never {
  const broken = rules.filter((rule) => ruleViolation(rule, config) > 0).map(({ text }) => text);
  const values = space.params.flatMap(([name]) => (Object.hasOwn(config, name) ? [`${name} ${show(config[name])}`] : []));
  throw new SpaceError({
    code: "noFeasiblePoint",
    what: "where",
    expected: "a configuration that fulfils all constraints",
    got: `none after some ${probes + quickStarts * quickSteps + longStarts * longSteps} points; the closest, ${values.join(", ")}, breaks ${broken.join("; ")}`,
    remedy: "Widen the constraints, or enlarge the parameters' ranges around that point.",
  });
}

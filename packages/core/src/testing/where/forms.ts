/** Arbitraries of constraints of every form that a given configuration fulfils, each with a plain oracle. */
import fc from "fast-check";
import { isValueOf } from "../../space/lattice.ts";
import type { Choice, Config, ParamValue, Plain } from "../../space/param.ts";
import type { ConstraintRange, ForbiddenValue, ParameterConstraint } from "../../space/where/constraint.ts";
import { type DrawnConstraint, isNumeric, numericNames, paramsOf, whileActive } from "./drawnConstraint.ts";
import { expressions } from "./expressions.ts";
import { all, compared, type Fulfilment } from "./fulfilment.ts";
import { share, type WitnessedSpace } from "./witnessed.ts";

/** null where the space has no parameters for the form. */
type DrawnForm = (given: WitnessedSpace) => fc.Arbitrary<DrawnConstraint | null>;

export const forms: readonly DrawnForm[] = [sums, linears, products, orders, combinations, cardinalities, expressions];

function some(names: readonly string[], minLength: number, maxLength: number): fc.Arbitrary<readonly string[]> {
  return fc.shuffledSubarray([...names], { minLength: Math.min(minLength, names.length), maxLength: Math.min(maxLength, names.length) });
}

const none = fc.constant(null);
/** Not less: where real numbers are left next to no room, the search for feasible points may fail. */
const slack = share(0.02, 0.5);

/** Bounds that hold at a value; an equality one time in four. */
function boundsAround(value: number): fc.Arbitrary<ConstraintRange> {
  const size = 1 + Math.abs(value);
  return fc.record({ kind: fc.constantFrom("max", "min", "both", "equals"), below: slack, above: slack }).map(({ kind, below, above }) => {
    const [min, max] = [value - below * size, value + above * size];
    if (kind === "equals") return above < 0.1 ? { min: value, max: value } : { equals: value };
    return kind === "max" ? { max } : kind === "min" ? { min } : { min, max };
  });
}

function withinBounds(value: number, { min, max, equals }: ConstraintRange): Fulfilment {
  if (min === max && min !== undefined) return compared(value, "==", min);
  return all([
    min === undefined || compared(value, ">=", min),
    max === undefined || compared(value, "<=", max),
    equals === undefined || compared(value, "==", equals),
  ]);
}

function sums(given: WitnessedSpace): fc.Arbitrary<DrawnConstraint | null> {
  return aggregates(
    given,
    4,
    (values) => values.reduce((sum, value) => sum + value, 0),
    (sum) => ({ sum }),
    "linear",
  );
}

function products(given: WitnessedSpace): fc.Arbitrary<DrawnConstraint | null> {
  return aggregates(
    given,
    3,
    (values) => values.reduce((product, value) => product * value, 1),
    (product) => ({ product }),
    "other",
  );
}

function aggregates(
  given: WitnessedSpace,
  most: number,
  of: (values: readonly number[]) => number,
  form: (names: readonly string[]) => object,
  equality: "linear" | "other",
): fc.Arbitrary<DrawnConstraint | null> {
  const numeric = numericNames(given);
  if (numeric.length === 0) return none;
  return some(numeric, 1, most).chain((names) => {
    const valueIn = (values: Config): number => of(names.map((name) => values[name] as number));
    return boundsAround(valueIn(given.values)).map((bounds): DrawnConstraint | null => {
      // a * b = 0 says that one of them is 0, which computes neither.
      if (equality === "other" && isEquality(bounds) && valueIn(given.values) === 0) return null;
      return {
        constraint: { ...form(names), ...bounds } as ParameterConstraint,
        verdict: whileActive(names, (config) => withinBounds(valueIn(config), bounds)),
        equality: isEquality(bounds) ? equality : null,
      };
    });
  });
}

function isEquality({ min, max, equals }: ConstraintRange): boolean {
  return equals !== undefined || min === max;
}

function linears(given: WitnessedSpace): fc.Arbitrary<DrawnConstraint | null> {
  const numeric = numericNames(given);
  if (numeric.length === 0) return none;
  const weight = fc.constantFrom(1, -1, 2, -0.5, 3);
  return fc.tuple(some(numeric, 1, 4), fc.tuple(weight, weight, weight, weight)).chain(([names, weights]) => {
    // Objects put names that look like whole numbers first; none of these does.
    const valueIn = (values: Config): number => names.reduce((sum, name, at) => sum + weights[at]! * (values[name] as number), 0);
    return boundsAround(valueIn(given.values)).map(
      (bounds): DrawnConstraint => ({
        constraint: { linear: Object.fromEntries(names.map((name, at) => [name, weights[at]!])), ...bounds },
        verdict: whileActive(names, (config) => withinBounds(valueIn(config), bounds)),
        equality: isEquality(bounds) ? "linear" : null,
      }),
    );
  });
}

function orders(given: WitnessedSpace): fc.Arbitrary<DrawnConstraint | null> {
  const params = paramsOf(given);
  const texts = [...params].flatMap(([name, param]) => (param.kind === "choice" && param.ordered && !isNumeric(param) ? [name] : []));
  const rankOf = (name: string, value: ParamValue): number => {
    const param = params.get(name)!;
    return isNumeric(param) ? (value as number) : (param as Choice).options.indexOf(value);
  };
  return fc.tuple(fc.boolean(), some(numericNames(given), 2, 4), some(texts, 2, 3)).map(([ofTexts, numeric, ordered]) => {
    const drawn = ofTexts && ordered.length > 1 ? ordered : numeric;
    const place = (name: string): number => rankOf(name, given.values[name]!);
    const sorted = [...drawn].sort((one, other) => place(one) - place(other));
    const names = sorted.filter((name, at) => at === 0 || place(name) > place(sorted[at - 1]!));
    if (names.length < 2) return null;
    return {
      constraint: { less: names },
      verdict: whileActive(names, (config) =>
        names.slice(1).every((name, at) => rankOf(names[at]!, config[names[at]!]!) < rankOf(name, config[name]!)),
      ),
      equality: null,
    };
  });
}

type ForbiddenRegion = { readonly forbidden: ForbiddenValue; readonly holds: (value: ParamValue) => boolean };

/** Regions of values; the first parameter's value in the witness lies outside its region. */
function combinations(given: WitnessedSpace): fc.Arbitrary<DrawnConstraint | null> {
  const params = paramsOf(given);
  return some([...params.keys()], 1, 3).chain((names) => {
    const regions = names.map((name, at) => regionsOf(params.get(name)!, given.values[name]!, at === 0));
    return fc.tuple(...regions).map((drawn): DrawnConstraint | null => {
      if (drawn.includes(null)) return null;
      const forbid = Object.fromEntries(names.map((name, at) => [name, drawn[at]!.forbidden]));
      return {
        constraint: { forbid },
        verdict: whileActive(names, (config) => !names.every((name, at) => drawn[at]!.holds(config[name]!))),
        equality: null,
      };
    });
  });
}

function regionsOf(param: Plain, value: ParamValue, outside: boolean): fc.Arbitrary<ForbiddenRegion | null> {
  const lists = (from: readonly ParamValue[]): fc.Arbitrary<ForbiddenRegion | null> => {
    if (from.length === 0) return none;
    return fc.tuple(fc.boolean(), fc.subarray([...from], { minLength: 1 })).map(([single, list]) => {
      const forbidden = single ? list[0]! : list;
      return { forbidden, holds: (one) => (single ? one === list[0] : list.includes(one)) };
    });
  };
  if (param.kind === "choice") return lists(param.options.filter((option) => !outside || option !== value));
  const at = value as number;
  const ranges = fc.tuple(fc.boolean(), share(0.001, 0.5)).map(([above, part]): ForbiddenRegion => {
    const away = part * (param.high - param.low) || 1;
    const edge = above === outside ? at + away : at - away;
    return above
      ? { forbidden: { min: edge }, holds: (one) => (one as number) >= edge }
      : { forbidden: { max: edge }, holds: (one) => (one as number) <= edge };
  });
  return param.kind === "int" && !outside ? fc.oneof(ranges, lists([at])) : ranges;
}

function cardinalities(given: WitnessedSpace): fc.Arbitrary<DrawnConstraint | null> {
  const params = paramsOf(given);
  const able = numericNames(given).filter((name) => isValueOf(params.get(name)!, 0));
  if (able.length === 0) return none;
  return fc.tuple(some(able, 1, 4), fc.constantFrom("atMost", "atLeast", "both"), fc.nat({ max: 1 })).map(([names, bound, room]) => {
    const countIn = (values: Config): number => names.filter((name) => values[name] !== 0).length;
    const atMost = bound === "atLeast" ? {} : { atMost: Math.min(names.length, countIn(given.values) + room) };
    const atLeast = bound === "atMost" ? {} : { atLeast: Math.max(0, countIn(given.values) - room) };
    const { most = Infinity, least = 0 } = { most: atMost.atMost, least: atLeast.atLeast };
    return {
      constraint: { ...atMost, ...atLeast, of: names, nonzero: true },
      verdict: whileActive(names, (config) => countIn(config) >= least && countIn(config) <= most),
      equality: null,
    };
  });
}

/**
 * Arbitraries of expressions that a given configuration fulfils: a text of the grammar, and the same in plain code. Only the elementary
 * functions are those of the implementation; they have tests of their own.
 */
import { log, pow } from "@caviar-hpo/numerics";
import fc from "fast-check";
import type { Choice, Config, ParamValue, Plain } from "../../space/param.ts";
import { type DrawnConstraint, numericNames, paramsOf, whileActive } from "./drawnConstraint.ts";
import { all, any, type ComparisonSign, compared, type Fulfilment } from "./fulfilment.ts";
import { share, type WitnessedSpace } from "./witnessed.ts";

/** `exact`: computed with + - * /, abs, min, max and rounding alone. */
type DrawnTerm = {
  readonly text: string;
  readonly names: readonly string[];
  readonly exact: boolean;
  readonly of: (config: Config) => number;
};
type DrawnCondition = { readonly text: string; readonly names: readonly string[]; readonly verdict: (config: Config) => Fulfilment };

export function expressions(given: WitnessedSpace): fc.Arbitrary<DrawnConstraint | null> {
  const options = [...bounds(given), ...choices(given)];
  if (options.length === 0) return fc.constant(null);
  const condition = fc.oneof(...options);
  const conditions = fc
    .tuple(condition, condition, fc.constantFrom("first", "first", "and", "or"))
    .map(([one, other, joint]): DrawnConstraint | null => {
      const { text, names, verdict } = joint === "first" ? one : joined(one, other, joint as "and" | "or");
      const all = [...new Set(names)];
      return all.length === 0 ? null : { constraint: text, verdict: whileActive(all, verdict), equality: null };
    });
  return fc.oneof({ weight: 2, arbitrary: conditions }, { weight: 1, arbitrary: definitions(given) });
}

function joined(one: DrawnCondition, other: DrawnCondition, joint: "and" | "or"): DrawnCondition {
  return {
    text: `(${one.text}) ${joint} ${other.text}`,
    names: [...one.names, ...other.names],
    verdict: (config) => (joint === "and" ? all : any)([one.verdict(config), other.verdict(config)]),
  };
}

/** Comparisons of a term with numbers on the right side of it, so that the witness fulfils them. */
function bounds(given: WitnessedSpace): readonly fc.Arbitrary<DrawnCondition>[] {
  const numeric = numericNames(given);
  if (numeric.length === 0) return [];
  const room = share(0.02, 1);
  const signs = fc.constantFrom("<", "<=", ">", ">=", "not", "between");
  return [
    fc.tuple(terms(numeric), signs, room, room).map(([term, sign, under, over]): DrawnCondition => {
      const { text, names, exact, of } = term;
      const value = of(given.values);
      if (!Number.isFinite(value)) return { text: `(${text} < 0 or 0 < 1)`, names, verdict: () => true };
      const [low, high] = [value - under * (1 + Math.abs(value)), value + over * (1 + Math.abs(value))];
      const is = (config: Config, comparison: ComparisonSign): Fulfilment =>
        compared(of(config), comparison, comparison.startsWith(">") ? low : high, exact);
      if (sign === "between")
        return {
          text: `${numeral(low)} < ${text} <= ${numeral(high)}`,
          names,
          verdict: (config) => all([is(config, ">"), is(config, "<=")]),
        };
      // A comparison with what is no number is broken, also after `not`.
      if (sign === "not") return { text: `not ${text} >= ${numeral(high)}`, names, verdict: (config) => is(config, "<") };
      const comparison = sign as ComparisonSign;
      return {
        text: `${text} ${comparison} ${numeral(comparison.startsWith(">") ? low : high)}`,
        names,
        verdict: (config) => is(config, comparison),
      };
    }),
  ];
}

/** `name == term`, for a real number. */
function definitions(given: WitnessedSpace): fc.Arbitrary<DrawnConstraint | null> {
  const numeric = numericNames(given);
  const reals = [...paramsOf(given)].filter(([, param]) => param.kind === "real" && param.step === undefined).map(([name]) => name);
  if (reals.length === 0 || numeric.length === 1) return fc.constant(null);
  return fc.constantFrom(...reals).chain((name) =>
    terms(numeric.filter((other) => other !== name)).map((term): DrawnConstraint | null => {
      const off = (given.values[name] as number) - term.of(given.values);
      if (!Number.isFinite(off) || Math.abs(off) > 1e6) return null;
      const names = [...new Set([name, ...term.names])];
      return {
        constraint: `${quoted(name)} == ${term.text} + ${numeral(off)}`,
        verdict: whileActive(names, (config) => compared(config[name] as number, "==", term.of(config) + off)),
        equality: "other",
      };
    }),
  );
}

function terms(numeric: readonly string[]): fc.Arbitrary<DrawnTerm> {
  const value: fc.Arbitrary<DrawnTerm> = fc
    .constantFrom(...numeric)
    .map((name) => ({ text: quoted(name), names: [name], exact: true, of: (config) => config[name] as number }));
  const constant: fc.Arbitrary<DrawnTerm> = fc
    .constantFrom(1, 2, 0.5, -3, 1e-3)
    .map((number) => ({ text: numeral(number), names: [], exact: true, of: () => number }));
  const { term } = fc.letrec<{ term: DrawnTerm }>((tie) => ({
    term: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      value,
      value,
      constant,
      operations(tie("term"), tie("term")),
      calls(tie("term"), tie("term")),
    ),
  }));
  return fc.tuple(value, term).chain(([first, second]) => fc.constantFrom(first, operation(first, "+", second)));
}

function operations(left: fc.Arbitrary<DrawnTerm>, right: fc.Arbitrary<DrawnTerm>): fc.Arbitrary<DrawnTerm> {
  return fc.tuple(left, fc.constantFrom("+", "-", "*", "/", "^"), right).map(([one, operator, other]) => operation(one, operator, other));
}

function operation(one: DrawnTerm, operator: string, other: DrawnTerm): DrawnTerm {
  return {
    text: `(${one.text} ${operator} ${other.text})`,
    names: [...one.names, ...other.names],
    exact: one.exact && other.exact && operator !== "^",
    of: (config) => computed(operator, one.of(config), other.of(config)),
  };
}

function computed(operator: string, left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  return operator === "/" ? left / right : pow(left, right);
}

function calls(one: fc.Arbitrary<DrawnTerm>, other: fc.Arbitrary<DrawnTerm>): fc.Arbitrary<DrawnTerm> {
  const single = {
    abs: Math.abs,
    floor: Math.floor,
    ceil: Math.ceil,
    round: Math.round,
    sqrt: Math.sqrt,
    log,
    log10: (x: number) => log(x) / Math.LN10,
  };
  const rounds = ["floor", "ceil", "round"];
  return fc.oneof(
    fc.tuple(fc.constantFrom(...Object.entries(single)), one).map(
      ([[name, of], term]): DrawnTerm => ({
        text: `${name}(${term.text})`,
        names: term.names,
        // Rounding makes a small error large.
        exact: term.exact && !name.startsWith("log"),
        of: (config) => (rounds.includes(name) && !term.exact ? NaN : of(term.of(config))),
      }),
    ),
    fc.tuple(fc.constantFrom("min", "max"), one, other).map(
      ([name, left, right]): DrawnTerm => ({
        text: `${name}(${left.text}, ${right.text})`,
        names: [...left.names, ...right.names],
        exact: left.exact && right.exact,
        of: (config) => (name === "min" ? Math.min : Math.max)(left.of(config), right.of(config)),
      }),
    ),
  );
}

function choices(given: WitnessedSpace): readonly fc.Arbitrary<DrawnCondition>[] {
  return [...paramsOf(given)].flatMap(([name, param]) => (isChoice(param) ? [comparisons(name, param, given.values[name]!)] : []));
}

function isChoice(param: Plain): param is Choice {
  return param.kind === "choice" && param.options.every((option) => typeof option !== "number");
}

/** The witness has the option, or another one, or one that comes no later. */
function comparisons(name: string, { options, ordered }: Choice, value: ParamValue): fc.Arbitrary<DrawnCondition> {
  const signs = ordered ? ["==", "!=", "<=", ">"] : ["==", "!="];
  return fc.tuple(fc.constantFrom(...signs), fc.constantFrom(...options)).map(([sign, option]) => {
    const place = options.indexOf(option);
    const holds = (at: number): boolean =>
      sign === "==" ? at === place : sign === "!=" ? at !== place : sign === "<=" ? at <= place : at > place;
    const agrees = holds(options.indexOf(value));
    const text = `${quoted(name)} ${sign} ${typeof option === "string" ? `'${option}'` : option}`;
    return {
      text: agrees ? text : `not (${text})`,
      names: [name],
      verdict: (config) => holds(options.indexOf(config[name]!)) === agrees,
    };
  });
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function numeral(number: number): string {
  return number < 0 ? `(${number})` : `${number}`;
}

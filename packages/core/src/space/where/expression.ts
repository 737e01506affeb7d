/**
 * Expressions, for instance `log10(units) + layers <= 4`. A recursive-descent parser gives a predicate; nothing is ever run as code.
 *
 * ```
 * condition  = conjunction { "or" conjunction }
 * conjunction = negation { "and" negation }
 * negation   = "not" negation | comparison
 * comparison = sum { ("<" | "<=" | ">" | ">=" | "==" | "!=") sum }      a < b < c means a < b and b < c
 * sum        = product { ("+" | "-") product }
 * product    = sign { ("*" | "/") sign }
 * sign       = "-" sign | "+" sign | power
 * power      = atom [ "^" sign ]                                        -a ^ 2 is -(a ^ 2)
 * atom       = number | name | `quoted name` | "text" | true | false | function "(" sum { "," sum } ")" | "(" condition ")"
 * ```
 */
import { SpaceError } from "../../contract/errors.ts";
import { limits } from "../../contract/limits.ts";
import { didYouMean } from "../../text/nearest.ts";
import { show } from "../../text/show.ts";
import type { ParamValue, Plain } from "../param.ts";
import { type Comparator, type FunctionName, functions, type NumberTerm, type Operator, type Predicate } from "./predicate.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** The parameters that a constraint may name, without their conditions. */
export type NamedParams = ReadonlyMap<string, Plain>;

/** A part of an expression that is not yet known to be a number, a condition or the value of a choice. */
type ParsedPart =
  | { readonly kind: "term"; readonly term: NumberTerm }
  | { readonly kind: "choice"; readonly name: string; readonly options: readonly ParamValue[]; readonly ordered: boolean }
  | { readonly kind: "literal"; readonly value: string | boolean }
  | { readonly kind: "predicate"; readonly predicate: Predicate };

type Parser = { readonly source: string; readonly tokens: readonly Token[]; readonly params: NamedParams; at: number; depth: number };

/** @throws SpaceError with the place in the text where something else was expected. */
export function parseExpression(source: string, params: NamedParams): Predicate {
  if (source.length > longest) refuse(source, `at most ${longest} characters`, `${source.length}`, "Split it into several constraints.");
  const tokens = tokensOf(source);
  if ("strayAt" in tokens) return refuseAt(source, tokens.strayAt, "a number, a name, a text or an operator", source[tokens.strayAt]!);
  const parser: Parser = { source, tokens, params, at: 0, depth: 0 };
  const part = disjunction(parser);
  const rest = peek(parser);
  if (rest.kind !== "end") fail(parser, "an operator or the end");
  return predicateOf(parser, part);
}

const longest = 4096;

function disjunction(parser: Parser): ParsedPart {
  return chain(parser, "or", conjunction);
}

function conjunction(parser: Parser): ParsedPart {
  return chain(parser, "and", negation);
}

function chain(parser: Parser, kind: "and" | "or", next: (parser: Parser) => ParsedPart): ParsedPart {
  const first = next(parser);
  if (!isWord(parser, kind)) return first;
  const parts = [predicateOf(parser, first)];
  while (takeWord(parser, kind)) parts.push(predicateOf(parser, next(parser)));
  return { kind: "predicate", predicate: { kind, parts } };
}

function negation(parser: Parser): ParsedPart {
  if (!takeWord(parser, "not")) return comparison(parser);
  const part = deeper(parser, negation);
  return { kind: "predicate", predicate: { kind: "not", part: predicateOf(parser, part) } };
}

const comparators: readonly string[] = ["<", "<=", ">", ">=", "==", "!="] satisfies readonly Comparator[];

function comparison(parser: Parser): ParsedPart {
  let left = sum(parser);
  const parts: Predicate[] = [];
  while (isSign(parser, comparators)) {
    const comparator = take(parser).text as Comparator;
    const right = sum(parser);
    parts.push(compare(parser, comparator, left, right));
    left = right;
  }
  if (parts.length === 0) return left;
  return { kind: "predicate", predicate: parts.length === 1 ? parts[0]! : { kind: "and", parts } };
}

function sum(parser: Parser): ParsedPart {
  return leftAssociative(parser, ["+", "-"], product);
}

function product(parser: Parser): ParsedPart {
  return leftAssociative(parser, ["*", "/"], signed);
}

function leftAssociative(parser: Parser, signs: readonly string[], next: (parser: Parser) => ParsedPart): ParsedPart {
  let left = next(parser);
  while (isSign(parser, signs)) {
    const operator = take(parser).text as Operator;
    const right = termOf(parser, next(parser));
    left = { kind: "term", term: { kind: "operation", operator, left: termOf(parser, left), right } };
  }
  return left;
}

function signed(parser: Parser): ParsedPart {
  if (!isSign(parser, ["-", "+"])) return power(parser);
  const minus = take(parser).text === "-";
  const term = termOf(parser, deeper(parser, signed));
  if (!minus) return { kind: "term", term };
  if (term.kind === "number") return { kind: "term", term: { kind: "number", value: -term.value } };
  return { kind: "term", term: { kind: "operation", operator: "-", left: { kind: "number", value: 0 }, right: term } };
}

function power(parser: Parser): ParsedPart {
  const base = atom(parser);
  if (!isSign(parser, ["^"])) return base;
  take(parser);
  const right = termOf(parser, deeper(parser, signed));
  return { kind: "term", term: { kind: "operation", operator: "^", left: termOf(parser, base), right } };
}

function atom(parser: Parser): ParsedPart {
  const token = take(parser);
  switch (token.kind) {
    case "number":
      return { kind: "term", term: { kind: "number", value: Number(token.text) } };
    case "text":
      return { kind: "literal", value: token.text };
    case "name":
      return named(parser, token.text);
    case "sign":
      if (token.text !== "(") break;
      return closed(parser, deeper(parser, disjunction));
    case "end":
      break;
  }
  parser.at--;
  return fail(parser, "a number, a name, a text or (");
}

function named(parser: Parser, name: string): ParsedPart {
  const quoted = parser.source[parser.tokens[parser.at - 1]!.at] === "`";
  if (!quoted && isSign(parser, ["("]) && Object.hasOwn(functions, name)) return call(parser, name as FunctionName);
  if (!quoted && (name === "true" || name === "false")) return { kind: "literal", value: name === "true" };
  const param = parser.params.get(name);
  if (param === undefined) {
    const known = [...parser.params.keys(), ...Object.keys(functions)];
    const remedy = didYouMean(name, known, `Write one of ${known.join(", ")}.`);
    return refuseAt(parser.source, parser.tokens[parser.at - 1]!.at, "the name of a parameter or a function", name, remedy);
  }
  if (param.kind === "choice" && !param.options.every((option) => typeof option === "number"))
    return { kind: "choice", name, options: param.options, ordered: param.ordered };
  return { kind: "term", term: { kind: "value", name } };
}

function call(parser: Parser, name: FunctionName): ParsedPart {
  take(parser);
  const terms = [termOf(parser, deeper(parser, sum))];
  while (isSign(parser, [","])) {
    take(parser);
    terms.push(termOf(parser, deeper(parser, sum)));
  }
  const { least, most } = functions[name];
  if (terms.length < least || terms.length > most) fail(parser, `${name} of ${least === most ? least : `${least} to ${most}`} terms`);
  return closed(parser, { kind: "term", term: { kind: "call", function: name, terms } });
}

function closed(parser: Parser, part: ParsedPart): ParsedPart {
  if (!isSign(parser, [")"])) return fail(parser, ")");
  take(parser);
  return part;
}

/** A comparison of numbers, of a choice with one of its options, or of ordered choices that have the same options. */
function compare(parser: Parser, comparator: Comparator, left: ParsedPart, right: ParsedPart): Predicate {
  if (left.kind === "literal" && right.kind === "choice") return compare(parser, mirrored[comparator], right, left);
  if (left.kind === "choice" && right.kind === "literal") return compareOption(parser, comparator, left, right.value);
  if (left.kind === "choice" && right.kind === "choice") {
    if (!sameOptions(left.options, right.options)) return fail(parser, "choices with the same options in the same order");
    if (comparator !== "==" && comparator !== "!=" && !(left.ordered && right.ordered)) return fail(parser, "choices that are ordered");
    return { kind: "compare", comparator, left: rankOf(left), right: rankOf(right) };
  }
  return { kind: "compare", comparator, left: termOf(parser, left), right: termOf(parser, right) };
}

const mirrored: { readonly [C in Comparator]: Comparator } = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!=" };

function compareOption(
  parser: Parser,
  comparator: Comparator,
  choice: ParsedPart & { readonly kind: "choice" },
  value: ParamValue,
): Predicate {
  const place = choice.options.indexOf(value);
  if (place < 0) return fail(parser, `an option of ${show(choice.name)}: ${choice.options.map(show).join(", ")}`, show(value));
  const is: Predicate = { kind: "is", name: choice.name, values: [value] };
  if (comparator === "==") return is;
  if (comparator === "!=") return { kind: "not", part: is };
  if (!choice.ordered) return fail(parser, `== or !=, since the options of ${show(choice.name)} have no order`, comparator);
  return { kind: "compare", comparator, left: rankOf(choice), right: { kind: "number", value: place } };
}

function rankOf({ name, options }: ParsedPart & { readonly kind: "choice" }): NumberTerm {
  return { kind: "rank", name, options };
}

export function sameOptions(one: readonly ParamValue[], other: readonly ParamValue[]): boolean {
  return one.length === other.length && one.every((option, at) => option === other[at]);
}

function termOf(parser: Parser, part: ParsedPart): NumberTerm {
  if (part.kind === "term") return part.term;
  const got = part.kind === "choice" ? `the choice ${show(part.name)}` : part.kind === "literal" ? show(part.value) : "a condition";
  return fail(parser, "a number", got);
}

function predicateOf(parser: Parser, part: ParsedPart): Predicate {
  if (part.kind === "predicate") return part.predicate;
  if (part.kind === "choice" && part.options.includes(true)) return { kind: "is", name: part.name, values: [true] };
  return fail(parser, "a comparison such as a <= b");
}

function deeper(parser: Parser, next: (parser: Parser) => ParsedPart): ParsedPart {
  parser.depth++;
  if (parser.depth > limits.depth) fail(parser, `at most ${limits.depth} levels of parentheses and signs`);
  const part = next(parser);
  parser.depth--;
  return part;
}

function peek(parser: Parser): Token {
  return parser.tokens[parser.at]!;
}

function take(parser: Parser): Token {
  const token = peek(parser);
  parser.at++;
  return token;
}

function isSign(parser: Parser, signs: readonly string[]): boolean {
  const token = peek(parser);
  return token.kind === "sign" && signs.includes(token.text);
}

function isWord(parser: Parser, word: string): boolean {
  const token = peek(parser);
  return token.kind === "name" && token.text === word && parser.source[token.at] !== "`";
}

function takeWord(parser: Parser, word: string): boolean {
  if (!isWord(parser, word)) return false;
  parser.at++;
  return true;
}

function fail(parser: Parser, expected: string, got = peek(parser).text): never {
  return refuseAt(parser.source, peek(parser).at, expected, got === "" ? "the end" : got);
}

function refuseAt(source: string, at: number, expected: string, got: string, remedy = "docs/constraints.md has the grammar."): never {
  return refuse(source, `${expected} at character ${at + 1}`, got, remedy);
}

function refuse(source: string, expected: string, got: string, remedy: string): never {
  throw new SpaceError({ code: "badConstraint", what: `constraint ${show(source)}`, expected, got, remedy });
}

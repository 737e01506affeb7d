/** The space: parameters in the order of declaration, checked once, so that later code can trust them. */
import { SpaceError } from "../contract/errors.ts";
import { limits } from "../contract/limits.ts";
import { below, spaceRoot } from "../read/path.ts";
import { unknownKey } from "../read/refuse.ts";
import { elementsOf, isList, type Members, membersOf } from "../read/snapshot.ts";
import { show } from "../text/show.ts";
import { countValues, finestStep, isValueOf } from "./lattice.ts";
import {
  type Choice,
  type Given,
  type Int,
  type Param,
  type ParamValue,
  type Plain,
  plainOf,
  type Real,
  type Shape,
  type Space,
} from "./param.ts";

/**
 * Makes a space from a shape. If names look like numbers, an object would reorder them; then pass a list of pairs. Everything is read once,
 * into new frozen data.
 *
 * @throws SpaceError for a name, key, range, scale, step, list of options or condition that is not possible.
 */
export function createSpace(shape: Shape | readonly (readonly [string, Param])[]): Space {
  const pairs = pairsOf(shape);
  if (pairs.length > limits.params) fail("space", `at most ${limits.params} parameters`, `${pairs.length}`, "Leave some out.");
  const seen = new Map<string, Plain>();
  const params = pairs.map(([word, given]) => {
    const name = readName(word, seen);
    const param = readParam(name, given, seen);
    seen.set(name, plainOf(param));
    return Object.freeze([name, param] as const);
  });
  return keepSpace({ params: Object.freeze(params), dims: params.length, where: noConstraints });
}

const noConstraints: Space["where"] = Object.freeze([]);

/** For `constrain`: the frozen space, known as one that was checked. */
export function keepSpace(space: Space): Space {
  const kept = Object.freeze(space);
  spaces.add(kept);
  return kept;
}

/** Whether `createSpace` or `constrain` made this space. Another object of the same shape may hold anything. */
export function isSpace(space: unknown): space is Space {
  return spaces.has(space as Space);
}

const spaces = new WeakSet<Space>();
const plains = new WeakSet<object>();
const root = spaceRoot("space");

function pairsOf(shape: unknown): readonly (readonly [name: unknown, param: unknown])[] {
  if (typeof shape !== "object" || shape === null) fail("space", "parameters by name", show(shape), "Pass { name: real(0, 1), … }.");
  if (!isList(shape)) return Object.entries(membersOf(shape, root, null));
  return elementsOf(shape, root, Infinity, 0).map((pair, index) => {
    const [name, param] = elementsOf(pair, below(root, index), 2, 2);
    return [name, param] as const;
  });
}

function readParam(name: string, value: unknown, seen: ReadonlyMap<string, Plain>): Param {
  if (plains.has(value as object)) return value as Plain;
  const members = fieldsOf(name, value);
  if (members.kind !== "given") return readPlain(name, members);
  checkGiven(name, members as Given, seen);
  const param = plains.has(members.param as object) ? (members.param as Plain) : readPlain(name, fieldsOf(name, members.param));
  return Object.freeze({ kind: "given", param, parent: members.parent as string, values: members.values as Given["values"] });
}

const reserved = ["__proto__", "prototype"];

function readName(name: unknown, seen: ReadonlyMap<string, Plain>): string {
  const what = `parameter ${show(name)}`;
  const most = limits.nameLength;
  if (typeof name !== "string" || !/^[^\p{Cc}\p{Cs}]+$/u.test(name) || name.length > most)
    fail(what, `a printable name of 1 to ${most} characters`, show(name), "Use another name.");
  if (reserved.includes(name)) fail(what, "a name that JavaScript does not reserve", show(name), "Choose another name.");
  if (seen.has(name)) fail(what, "each name once", "it twice", "Drop or rename one.");
  return name;
}

const numeric = ["kind", "low", "high", "scale", "step"] as const;
const keysOf = {
  real: numeric,
  int: numeric,
  choice: ["kind", "options", "ordered"],
  given: ["kind", "param", "parent", "values"],
} as const;

/** The fields of a parameter, each read once; its lists are copied and frozen. */
function fieldsOf(name: string, value: unknown): Members {
  if (typeof value !== "object" || value === null) failKind(name, value);
  const members = { ...membersOf(value, spaceRoot(`parameter ${show(name)}`), null) };
  const { kind } = members;
  if (typeof kind !== "string" || !Object.hasOwn(keysOf, kind)) failKind(name, kind);
  const known: readonly string[] = keysOf[kind as keyof typeof keysOf];
  const what = spaceRoot(`${kind} ${show(name)}`);
  for (const key of Object.keys(members)) {
    if (!known.includes(key)) unknownKey(what, key, known);
    if (isList(members[key]))
      members[key] = Object.freeze(elementsOf(members[key], below(what, key), Infinity, 0).map(withoutNegativeZero));
  }
  return members;
}

/** JSON has no -0: a space that was stored would come back as another. */
function withoutNegativeZero(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

function failKind(name: string, kind: unknown): never {
  fail(`parameter ${show(name)}`, "kind real, int, choice or given", show(kind), "Use real(), int(), choice() or given().");
}

function readPlain(name: string, members: Members): Plain {
  const param = checkedPlain(name, members);
  plains.add(param);
  return Object.freeze(param);
}

function checkedPlain(name: string, members: Members): Plain {
  switch (members.kind) {
    case "real":
    case "int": {
      const { kind, low, high, scale, step } = members as Real | Int;
      const param = { kind, low, high, scale, ...(step !== undefined && { step }) } as Real | Int;
      if (param.kind === "real") checkReal(name, param);
      else checkInt(name, param);
      return { ...param, low: low + 0, high: high + 0 };
    }
    case "choice": {
      const { kind, options, ordered } = members as Choice;
      checkChoice(name, members as Choice);
      return { kind, options, ordered };
    }
    default:
      return failKind(name, members.kind);
  }
}

function checkReal(name: string, param: Real): void {
  const what = `real ${show(name)}`;
  checkBounds(what, param.low, param.high, Number.isFinite, "finite numbers");
  switch (param.scale) {
    case "linear":
      break;
    case "log":
    case "mirroredLog":
      if (param.low <= 0) fail(what, `low > 0 on a ${param.scale} scale`, `${param.low}`, otherScale);
      break;
    case "oneMinusLog":
      if (!(param.low >= 0 && param.high < 1)) fail(what, "0 <= low and high < 1 on a oneMinusLog scale", range(param), otherScale);
      break;
    default:
      fail(what, "scale linear, log, mirroredLog or oneMinusLog", show(param.scale), "Name one of them.");
  }
  checkStep(what, param, (step) => Number.isFinite(step) && step > 0 && (param.low === param.high || step >= finestStep(param)));
}

function checkInt(name: string, param: Int): void {
  const what = `int ${show(name)}`;
  const whole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= maxCells;
  checkBounds(what, param.low, param.high, whole, "whole numbers within ±2^53");
  if (param.scale !== "linear" && param.scale !== "log") fail(what, "scale linear or log", show(param.scale), "Name one of them.");
  if (param.scale === "log" && param.low < 1) fail(what, "low >= 1 on a log scale", `${param.low}`, otherScale);
  checkStep(what, param, (step) => Number.isInteger(step) && step > 0);
  if (param.scale === "linear" && countValues(param) > maxCells)
    fail(what, "at most 2^53 values", range(param), "Narrow the range, or use a real.");
}

function checkBounds(what: string, low: number, high: number, valid: (value: number) => boolean, expected: string): void {
  for (const bound of [low, high])
    if (typeof bound !== "number" || !valid(bound)) fail(what, `bounds that are ${expected}`, show(bound), "Give low and high.");
  if (low > high) fail(what, "low <= high", `low ${low}, high ${high}`, "Swap them.");
}

function checkStep(what: string, param: Real | Int, valid: (step: number) => boolean): void {
  if (param.step === undefined) return;
  if (param.scale !== "linear") fail(what, `no step on a ${param.scale} scale`, `step ${param.step}`, otherScale);
  if (typeof param.step !== "number" || !valid(param.step))
    fail(what, "a positive step (whole for an int) that keeps values apart", show(param.step), "Give another step.");
}

function checkChoice(name: string, param: Choice): void {
  const what = `choice ${show(name)}`;
  if (!Array.isArray(param.options) || param.options.length === 0) fail(what, "at least one option", show(param.options), "List them.");
  if (typeof param.ordered !== "boolean") fail(what, "ordered true or false", show(param.ordered), "Say whether order matters.");
  if (param.options.length > limits.options) fail(what, `at most ${limits.options} options`, `${param.options.length}`, "Use an int.");
  const texts = new Map<string, ParamValue>();
  for (const option of param.options) {
    const fine = typeof option === "string" || typeof option === "boolean" || (typeof option === "number" && Number.isFinite(option));
    if (!fine) fail(what, "options that are strings, booleans or finite numbers", show(option), "Name it by a string.");
    const twin = texts.get(String(option));
    if (twin !== undefined) fail(what, "options that differ as text", `${show(twin)} and ${show(option)}`, "Drop or rename one.");
    texts.set(String(option), option);
  }
}

function checkGiven(name: string, param: Given, seen: ReadonlyMap<string, Plain>): void {
  const what = `given ${show(name)}`;
  const parent = seen.get(param.parent);
  if (parent === undefined) fail(what, "a parent declared before it", show(param.parent), "Move the parent up, or correct its name.");
  if (parent.kind === "real") fail(what, "a choice or an int as parent", `the real ${show(param.parent)}`, "Condition on a choice.");
  if (!Array.isArray(param.values) || param.values.length === 0) fail(what, "at least one parent value", show(param.values), "List them.");
  for (const value of param.values) {
    if (!isValueOf(parent, value))
      fail(what, `values that ${show(param.parent)} can take`, show(value), "Correct the value, or the parent.");
  }
}

const maxCells = 0x20_0000_0000_0000;
const otherScale = 'Correct it, or use scale "linear".';

function range(param: Real | Int): string {
  return `[${param.low}, ${param.high}]`;
}

function fail(what: string, expected: string, got: string, remedy: string): never {
  throw new SpaceError({ code: "badSpace", what, expected, got, remedy });
}

/** What the settings of a network and of its training are checked with: each says what was expected and what to do about it. */
import { ConfigError, type Key } from "@caviar-hpo/core";
import { didYouMean, show } from "@caviar-hpo/core/text";

/** The value, where it is a whole number from `least` on. Throws ConfigError. */
export function checkWhole(what: string, value: number, least: number, remedy: string): number {
  if (!(Number.isSafeInteger(value) && value >= least)) refuse("badCount", what, `a whole number, ${least} or more`, show(value), remedy);
  return value;
}

/** The value, where it lies in [low, high). Throws ConfigError. */
export function checkBelow(what: string, value: number, low: number, high: number, remedy: string): number {
  if (!(typeof value === "number" && value >= low && value < high))
    refuse("outOfRange", what, `at least ${low}, below ${high}`, show(value), remedy);
  return value;
}

/** The value, where it is finite and not less than 0. Throws ConfigError. */
export function checkNotNegative(what: string, value: number, remedy: string): number {
  return checkBelow(what, value, 0, Infinity, remedy);
}

/** The value, where it is one of the names. Throws ConfigError. */
export function checkName<N extends string>(what: string, value: N, names: readonly N[]): N {
  if (!names.includes(value)) refuse("unknownName", what, `one of ${names.join(", ")}`, show(value), didYouMean(value, names));
  return value;
}

/** Refuses what is no object, and names that are not known, with the nearest that is. Throws ConfigError. */
export function checkFields(what: string, given: object, names: readonly string[]): void {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    refuse("noOptions", what, "an object with options", show(given), `The options are ${names.join(", ")}.`);
  for (const name of Object.keys(given)) checkName(`option of ${what}`, name, names);
}

/** The key. A number in its place would be taken for the same key whatever the number. Throws ConfigError. */
export function checkKey(what: string, key: Key): Key {
  if (!(Array.isArray(key) && key.length === 4 && Array.from(key).every(Number.isInteger)))
    refuse("badKey", `key of ${what}`, "a key", show(key), 'Make a key from a number or a name: root(1), root("moons").');
  return key;
}

export function refuse(code: string, what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code, what, expected, got, remedy });
}

/**
 * Families of problems by id: `ackley-d{D}` stands for one problem a dimension. The numbers stand in the id in the order of the
 * arguments of `make`.
 */
import { ConfigError } from "@caviar-hpo/core";
import { nearest } from "@caviar-hpo/core/text";

export type Family<T> = readonly [pattern: string, make: (...numbers: number[]) => T];

/** @throws ConfigError for an id of no family (with the nearest ones); what `make` throws for numbers out of range. */
export function fromFamilies<T>(families: readonly Family<T>[], id: string, listing: string): T {
  for (const [pattern, make] of families) {
    const numbers = numbersOf(pattern, id);
    if (numbers !== null) return make(...numbers);
  }
  throw new ConfigError({
    code: "unknownFunction",
    what: "the id of a test function",
    expected: `an id like ${closest(families, id).join(", ")}`,
    got: JSON.stringify(id),
    remedy: `${listing}() lists all ids.`,
  });
}

/** The numbers at the braces of `pattern`, or null where `id` does not fit it; a number has one spelling, without leading zeros. */
function numbersOf(pattern: string, id: string): readonly number[] | null {
  const match = new RegExp(`^${pattern.replace(/\{\w\}/g, "(0|[1-9]\\d*)")}$`).exec(id);
  return match === null ? null : match.slice(1).map(Number);
}

/** The patterns closest to `id`, numbers aside: several where only numbers tell them apart. */
function closest<T>(families: readonly Family<T>[], id: string): readonly string[] {
  const masked = (text: string): string => text.replace(/\{\w\}|\d+/g, "#");
  const patterns = families.map(([pattern]) => pattern);
  const found = nearest(masked(id), patterns.map(masked));
  return patterns.filter((pattern) => masked(pattern) === found);
}

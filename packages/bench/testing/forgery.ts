/** Numbers in the lines of records, and lines with another number in place of one. */

/** The keys and indices that lead to a number. */
export type NumberPlace = readonly (string | number)[];

export function numbersIn(value: unknown): readonly NumberPlace[] {
  if (typeof value === "number") return [[]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => numbersIn(member).map((place) => [key, ...place]));
}

export function numberAt(value: unknown, [key, ...rest]: NumberPlace): number {
  return key === undefined ? (value as number) : numberAt((value as { readonly [key: string]: unknown })[key], rest);
}

export function withNumber<T>(value: T, [key, ...rest]: NumberPlace, number: number): T {
  if (key === undefined) return number as T;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as { [key: string]: unknown };
  copy[key] = withNumber(copy[key], rest, number);
  return copy as T;
}

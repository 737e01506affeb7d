/** What the generators ask of their options. */
import { ConfigError } from "@caviar-hpo/core";

export function requireRows(name: string, n: number): void {
  requireWhole(`n of ${name}`, n, 1, 10_000_000);
}

export function requireWhole(what: string, value: number, low: number, high: number): void {
  require(Number.isInteger(value) && value >= low && value <= high, what, `a whole number from ${low} to ${high}`, value);
}

export function requireReal(what: string, value: number, low: number, high: number): void {
  require(value >= low && value <= high, what, `a number from ${low} to ${high}`, value);
}

function require(holds: boolean, what: string, expected: string, got: number): void {
  if (holds) return;
  throw new ConfigError({ code: "badOption", what, expected, got: String(got), remedy: "Choose a value in that range." });
}

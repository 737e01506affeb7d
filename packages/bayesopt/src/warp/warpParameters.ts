/**
 * What is stored of a fitted output warp: plain data, from which `outputWarp` builds the same map again, to the last bit. Read back with
 * every number checked, because a log is data from outside.
 */
import { ConfigError, type Json } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { HalfRank } from "./halfRank.ts";
import type { Scale } from "./robustScale.ts";
import type { Shift } from "./shiftedLog.ts";
import type { Fence } from "./winsorise.ts";

/** `ratio` is the c of `shiftedLog.ts`. */
export type WarpShape =
  | { readonly kind: "identity" }
  | ({ readonly kind: "winsorised" } & Fence)
  | { readonly kind: "yeoJohnson"; readonly lambda: number }
  | ({ readonly kind: "shiftedLog"; readonly ratio: number } & Shift)
  | ({ readonly kind: "halfRankLog" } & HalfRank & Shift);

export type WarpParameters = WarpShape & Scale & { readonly logJacobian: number };

/** @throws {ConfigError} Where the data is not what a fitted warp stored. */
export function readWarpParameters(json: Json): WarpParameters {
  const stored = typeof json === "object" && json !== null && !Array.isArray(json) ? (json as { readonly [key: string]: Json }) : {};
  const number = (key: string): number => readNumber(own(stored, key), key);
  const positive = (key: string): number => readPositive(own(stored, key), key);
  const common = () => ({ centre: number("centre"), spread: positive("spread"), logJacobian: number("logJacobian") });
  const kind = own(stored, "kind");
  switch (kind) {
    case "identity":
      return { kind, ...common() };
    case "winsorised":
      return { kind, ...common(), fence: number("fence"), width: positive("width") };
    case "yeoJohnson": {
      const lambda = number("lambda");
      if (lambda < 0 || lambda > 2) throw misfit("lambda", "a number in [0, 2]", lambda);
      return { kind, ...common(), lambda };
    }
    case "shiftedLog":
      return { kind, ...common(), ratio: positive("ratio"), minimum: number("minimum"), offset: positive("offset") };
    case "halfRankLog": {
      const worse = readAscending(own(stored, "worse"), "worse");
      const denominator = number("denominator");
      const without = worse.length;
      if (denominator !== without && denominator !== without + 0.5)
        throw misfit("denominator", `${without} or ${without + 0.5}`, denominator);
      const shift = { minimum: number("minimum"), offset: positive("offset") };
      return { kind, ...common(), worse, deviation: positive("deviation"), denominator, ...shift };
    }
    default:
      throw misfit("kind", "identity, winsorised, yeoJohnson, shiftedLog or halfRankLog", kind);
  }
}

function own(stored: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(stored, key) ? stored[key] : undefined;
}

function readNumber(value: Json | undefined, key: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw misfit(key, "a finite number", value);
  return value;
}

function readPositive(value: Json | undefined, key: string): number {
  if (readNumber(value, key) > 0) return value as number;
  throw misfit(key, "a number above 0", value);
}

function readAscending(value: Json | undefined, key: string): readonly number[] {
  const values = Array.isArray(value) ? value.map((entry: Json) => readNumber(entry, key)) : [0];
  if (values.every((entry, i) => entry > (values[i - 1] ?? 0))) return values;
  throw misfit(key, "positive numbers, ascending", value);
}

function misfit(key: string, expected: string, got: unknown): ConfigError {
  return new ConfigError({
    code: "warpParameters",
    what: `${key} of an output warp`,
    expected,
    got: show(got),
    remedy: "Restore the parameters of a warp as they were stored.",
  });
}

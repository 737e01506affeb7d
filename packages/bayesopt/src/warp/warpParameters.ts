/**
 * What is stored of a fitted output warp: plain data, from which `outputWarp` builds the same map again, to the last bit. Read back with
 * every number checked, because a log is data from outside.
 */
import type { Json } from "@caviar-hpo/core";
import { array, below, between, configRoot, type Decoder, finite, map, object, oneOf, reject, tagged } from "@caviar-hpo/core/read";
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
  return decodeParameters(json, root);
}

const root = { ...configRoot("an output warp", "warpParameters"), style: "parts" } as const;
const positive: Decoder<number> = map(finite, (value, path) => (value > 0 ? value : reject(path, "a number above 0", value)));
const ascending: Decoder<readonly number[]> = map(array(finite, Infinity), (values, path) =>
  values.every((entry, i) => entry > (values[i - 1] ?? 0)) ? values : reject(path, "positive numbers, ascending", values),
);

const common = { centre: finite, spread: positive, logJacobian: finite };
const shift = { minimum: finite, offset: positive };
const halfRankLog = object({
  kind: oneOf("halfRankLog"),
  ...common,
  worse: ascending,
  deviation: positive,
  denominator: positive,
  ...shift,
});

const decodeParameters: Decoder<WarpParameters> = tagged({
  identity: object({ kind: oneOf("identity"), ...common }),
  winsorised: object({ kind: oneOf("winsorised"), ...common, fence: finite, width: positive }),
  yeoJohnson: object({ kind: oneOf("yeoJohnson"), ...common, lambda: between(0, 2) }),
  shiftedLog: object({ kind: oneOf("shiftedLog"), ...common, ratio: positive, ...shift }),
  halfRankLog: map(halfRankLog, (stored, path) => {
    const { denominator, worse } = stored;
    if (denominator === worse.length || denominator === worse.length + 0.5) return stored;
    return reject(below(path, "denominator"), `${worse.length} or ${worse.length + 0.5}`, denominator);
  }),
});

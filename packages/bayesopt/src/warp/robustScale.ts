/**
 * The step before every output warp: subtract the median, divide by the median absolute deviation, and turn logarithmic beyond a million
 * deviations, so that no finite objective value, however large, can overflow a variance later on. Centre and spread with a breakdown
 * point of one half: F. R. Hampel, *The influence curve and its role in robust estimation*, JASA 69 (1974) 383-393.
 */
import { exp, log } from "@caviar-hpo/numerics";
import type { Monotone } from "./monotone.ts";
import { quantile } from "./quantile.ts";

export type Scale = { readonly centre: number; readonly spread: number };

/** 1 / normalQuantile(3/4): makes the median absolute deviation of normal data their standard deviation. */
const normalConsistency = 1.482602218505602;
/** Deviations from the centre up to which the scale is linear. */
const linearUpTo = 1e6;
const logLinearUpTo = 13.815510557964274;

/**
 * Of ascending values: the median and the scaled median absolute deviation; where more than half of the values are equal, their range;
 * where all are, 1. Both are finite and the spread is positive, for all finite values.
 */
export function fitScale(sorted: Float64Array): Scale {
  const centre = quantile(sorted, 0.5);
  const deviations = sorted.map((value) => finite(Math.abs(value - centre))).sort();
  const range = finite(sorted[sorted.length - 1]! - sorted[0]!);
  const spread = finite(normalConsistency * quantile(deviations, 0.5)) || range || 1;
  return { centre, spread };
}

/**
 * z = (x - centre) / spread within a million, and past that, with m = 10^6 the sign of z times m (1 + ln(|z| / m)): the slope has no jump.
 */
export function robustScale({ centre, spread }: Scale): Monotone {
  const logSpread = log(spread);
  return {
    forward(x) {
      const z = quotient(x, centre, spread);
      // Adding 0 makes the image of -0 that of 0.
      if (Math.abs(z) <= linearUpTo) return z + 0;
      // In logarithms, because the quotient may be beyond the largest double.
      const excess = logDistance(x, centre) - logSpread - logLinearUpTo;
      return Math.sign(z) * linearUpTo * (1 + Math.max(0, excess));
    },
    inverse(z) {
      if (Math.abs(z) <= linearUpTo) return finite(affine(z, centre, spread));
      const logHalf = Math.abs(z) / linearUpTo - 1 + logLinearUpTo + logSpread - Math.LN2;
      const half = Math.max(linearUpTo * (spread / 2), exp(logHalf));
      return finite(2 * (centre / 2 + Math.sign(z) * half));
    },
    logSlope(x) {
      const z = Math.abs(quotient(x, centre, spread));
      return z <= linearUpTo ? -logSpread : logLinearUpTo - logDistance(x, centre);
    },
  };
}

/** (x - c) / s, in halves where the difference overflows. */
function quotient(x: number, c: number, s: number): number {
  const distance = x - c;
  return Number.isFinite(distance) ? distance / s : (x / 2 - c / 2) / (s / 2);
}

/** c + z s, in halves where the product overflows. */
function affine(z: number, c: number, s: number): number {
  const product = z * s;
  return Number.isFinite(product) ? c + product : 2 * (c / 2 + z * (s / 2));
}

/** ln |x - c|, in halves where the difference overflows. */
function logDistance(x: number, c: number): number {
  const distance = Math.abs(x - c);
  return Number.isFinite(distance) ? log(distance) : log(Math.abs(x / 2 - c / 2)) + Math.LN2;
}

/** The nearest finite number. */
function finite(x: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x));
}

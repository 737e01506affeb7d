/**
 * The function of Goldstein and Price: values from 3 to 10^6. A. A. Goldstein and J. F. Price, "On descent from local minima" (1971). Its
 * logarithm, standardised over the box, is from V. Picheny, T. Wagner and D. Ginsbourger (2013).
 *
 * With s = x + y and t = 2x - 3y, the published quadratics are 3 s^2 - 14 s + 19 and 3 t^2 - 16 t + 18. The first is positive, so the first
 * factor is at least 1, with equality at s = -1. The second factor is lowest at t = 3, where it is 3. So the minimum over the plane is 3,
 * and (0, -1) is the only minimiser.
 */
import { log } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** The function of Goldstein and Price on [-2, 2]^2. Its minimum is 3 at (0, -1). */
export function goldsteinPrice(): TestFunction {
  return {
    id: "goldstein-price",
    title: "Goldstein-Price",
    bounds: cube(-2, 2, 2),
    evaluate: (x) => product(x[0]!, x[1]!),
    // Near the minimum the second factor is 30 + 162 - 432 + 243, each rounded.
    optimum: { value: 3, tolerance: 2e-13 },
    minimisers: [[0, -1]],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "ill-conditioned"],
    source: "Goldstein & Price 1971; Dixon & Szegö 1978",
  };
}

/** The standardised logarithm of `goldsteinPrice` on [-2, 2]^2. Its minimum is -3.1291 at (0, -1). */
export function goldsteinPriceLog(): TestFunction {
  return {
    ...goldsteinPrice(),
    id: "goldstein-price-log",
    title: "Goldstein-Price, logarithm",
    evaluate: (x) => (log(product(x[0]!, x[1]!)) - 8.693) / 2.427,
    optimum: { value: -3.129125550610585, tolerance: 5e-14 },
    tags: ["multimodal"],
    source: "Goldstein & Price 1971; Picheny, Wagner & Ginsbourger 2013",
  };
}

function product(x: number, y: number): number {
  const s = x + y;
  const t = 2 * x - 3 * y;
  const first = 1 + (s + 1) * (s + 1) * (19 - 14 * s + 3 * s * s);
  return first * (30 + t * t * (18 - 16 * t + 3 * t * t));
}

/**
 * The cross in a tray: four minima between the arms of a ridged cross. S. K. Mishra (2006). Beyond r = 200 pi the exponent grows again, so
 * lower values exist outside the box.
 */
import { exp, pow, sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** The cross in a tray on [-10, 10]^2. Its minimum is -2.0626, at four points. */
export function crossInTray(): TestFunction {
  const a = 1.3494066171539107;
  return {
    id: "cross-in-tray",
    title: "Cross in tray",
    bounds: cube(-10, 10, 2),
    evaluate: (x) => {
      const r = Math.sqrt(x[0]! * x[0]! + x[1]! * x[1]!);
      const tray = Math.abs(sin(x[0]!) * sin(x[1]!) * exp(Math.abs(100 - r / Math.PI)));
      return -0.0001 * pow(tray + 1, 0.1);
    },
    optimum: { value: -2.062611870822737, tolerance: 1e-14 },
    minimisers: [
      [-a, -a],
      [-a, a],
      [a, -a],
      [a, a],
    ],
    minimisersComplete: true,
    domain: "box",
    tags: ["multimodal", "non-smooth"],
    source: "Mishra 2006",
  };
}

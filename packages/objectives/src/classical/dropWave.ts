/**
 * The drop wave: rings around a drop (S. Surjanovic and D. Bingham, *Virtual Library of Simulation Experiments*). The numerator is at
 * most 2 and the denominator at least 2, both only at the origin, so the minimum is -1.
 */
import { cos } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** The drop wave on [-5.12, 5.12]^2. Its minimum is -1 at the origin. */
export function dropWave(): TestFunction {
  return {
    id: "drop-wave",
    title: "Drop wave",
    bounds: cube(-5.12, 5.12, 2),
    evaluate: (x) => {
      const square = x[0]! * x[0]! + x[1]! * x[1]!;
      return -(1 + cos(12 * Math.sqrt(square))) / (0.5 * square + 2);
    },
    optimum: { value: -1, tolerance: 0 },
    minimisers: [[0, 0]],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "centred optimum"],
    source: "Surjanovic & Bingham, Virtual Library of Simulation Experiments",
  };
}

/** Scores as campaigns have them, from distributions that differ in their tails, their ties and their scales. */
import { exp, log, sin } from "../../numerics/dist/index.js";

/** Draws with mean or median near 0 and a spread near 1. */
export const distributions = {
  normal: (source) => source.normal(),
  skewed: (source) => -log(1 - source.uniform()) - 1,
  /** Student's with two degrees of freedom: the variance is infinite. */
  "heavy-tailed": (source) => source.normal() / Math.sqrt(-log(1 - source.uniform())),
  /** Three values. */
  tied: (source) => Math.floor(3 * source.uniform()) - 1,
};

/**
 * Scores of one campaign, [problem][strategy][block]. The blocks of a problem share a number, as runs on one instance do. The problems have
 * different scales, and each strategy may differ by `shifts[strategy]`, in units of the scale.
 */
export function drawScores(source, { problems, seeds, shifts, distribution }) {
  const draw = distributions[distribution];
  return Array.from({ length: problems }, () => {
    const scale = exp(2 * source.normal());
    const shared = Array.from({ length: seeds }, () => 3 * sin(100 * source.uniform()));
    return shifts.map((shift) => shared.map((block) => scale * (block + shift + draw(source))));
  });
}

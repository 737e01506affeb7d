/**
 * The values to improve upon where the best is not known exactly: some trials are still running, or every value was measured with noise.
 *
 * Running trials: with the values y_1 ... y_p of the p running trials drawn jointly from the posterior, the incumbent of a draw is
 * min(f*, y_1, ..., y_p), and the average of E max(0, incumbent - f(x)) over the draws (logExpectedImprovementOverDraws) is what x adds to
 * the batch's joint expected improvement (D. Ginsbourger, R. Le Riche, L. Carraro, Kriging is well-suited to parallelize optimization,
 * 2010, section 3; J. Snoek, H. Larochelle, R. P. Adams, Practical Bayesian optimization of machine learning algorithms, NeurIPS 2012,
 * section 3.2).
 *
 * Noise: with the noise-free values at the measured points drawn jointly from the posterior, the incumbent of a draw is the least of them,
 * which makes the average noisy expected improvement: B. Letham, B. Karrer, G. Ottoni, E. Bakshy, Constrained Bayesian optimization with
 * noisy experiments, Bayesian Analysis 14 (2019), equation (5); in logarithms, S. Ament et al., NeurIPS 2023. The posterior of a draw is
 * conditioned on the drawn values, without noise. Draw measured and running points together and both are covered. The cheap stand-in is the
 * best posterior mean.
 */

/** The least of each draw, but no more than `limit`: `draws` row-major count x points, result of length count. */
export function incumbentsOfDraws(draws: Float64Array, points: number, limit: number = Infinity): Float64Array {
  const incumbents = new Float64Array(draws.length / points).fill(limit);
  for (let index = 0; index < draws.length; index++) {
    const draw = Math.floor(index / points);
    incumbents[draw] = Math.min(incumbents[draw]!, draws[index]!);
  }
  return incumbents;
}

/**
 * The least posterior mean over the measured points, the plug-in incumbent for noisy values: unlike the least measured value it is not the
 * luckiest draw of the noise (V. Picheny, T. Wagner, D. Ginsbourger, A benchmark of kriging-based infill criteria for noisy optimization,
 * Structural and Multidisciplinary Optimization 48, 2013, section 4.1). Infinity if nothing was measured.
 */
export function bestPosteriorMean(means: Float64Array): number {
  let best = Infinity;
  for (const mean of means) best = Math.min(best, mean);
  return best;
}

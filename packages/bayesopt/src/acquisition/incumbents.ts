/**
 * The values to improve upon when the best value is not known exactly. Either some trials are still running, or every value was measured
 * with noise.
 *
 * Running trials: draw the values y_1 ... y_p of the p running trials jointly from the posterior. The incumbent of a draw is min(f*, y_1,
 * ..., y_p). The average of E max(0, incumbent - f(x)) over the draws (logExpectedImprovementOverDraws) is what x adds to the joint
 * expected improvement of the batch. Sources: D. Ginsbourger, R. Le Riche, L. Carraro, Kriging is well-suited to parallelize optimization,
 * 2010, section 3; J. Snoek, H. Larochelle, R. P. Adams, Practical Bayesian optimization of machine learning algorithms, NeurIPS 2012,
 * section 3.2.
 *
 * Noise: draw the noise-free values at the measured points jointly from the posterior. The incumbent of a draw is the lowest of them. Then
 * the average is the noisy expected improvement of B. Letham, B. Karrer, G. Ottoni, E. Bakshy, Constrained Bayesian optimization with noisy
 * experiments, Bayesian Analysis 14 (2019), equation (5); in logarithms, S. Ament et al., NeurIPS 2023. The posterior of a draw is
 * conditioned on the drawn values, without noise. To cover both cases, draw measured and running points together. A cheap replacement is
 * the best posterior mean.
 */

/**
 * The lowest value of each draw, but at most `limit`.
 *
 * @param draws row-major count x points.
 * @param limit Infinity by default.
 * @returns one incumbent per draw, length count.
 */
export function incumbentsOfDraws(draws: Float64Array, points: number, limit: number = Infinity): Float64Array {
  const incumbents = new Float64Array(draws.length / points).fill(limit);
  for (let index = 0; index < draws.length; index++) {
    const draw = Math.floor(index / points);
    incumbents[draw] = Math.min(incumbents[draw]!, draws[index]!);
  }
  return incumbents;
}

/**
 * The lowest posterior mean over the measured points: the plug-in incumbent for noisy values. It does not favour the luckiest draw of the
 * noise, as the lowest measured value does (V. Picheny, T. Wagner, D. Ginsbourger, A benchmark of kriging-based infill criteria for noisy
 * optimization, Structural and Multidisciplinary Optimization 48, 2013, section 4.1). Infinity if `means` is empty.
 */
export function bestPosteriorMean(means: Float64Array): number {
  let best = Infinity;
  for (const mean of means) best = Math.min(best, mean);
  return best;
}

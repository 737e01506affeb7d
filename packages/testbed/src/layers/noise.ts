/**
 * Noise after batch norm, the control experiment of Santurkar et al. 2018 (section 2.1): each value gets noise of its own, from a normal
 * distribution that is the unit's and changes with every step, so that what the next layer sees shifts on purpose. The distributions are
 * ours: the mean is uniform in [-strength, strength], the standard deviation in [0, strength]. Noise is added, so that gradients pass it
 * unchanged.
 */
import type { Stream } from "@caviar-hpo/core";
import type { Numbers } from "@caviar-hpo/numerics/network";

export function addNoise(x: Numbers, strength: number, source: Stream, m: number, n: number): void {
  for (let unit = 0; unit < n; unit++) {
    const mean = strength * (2 * source.uniform() - 1);
    const deviation = strength * source.uniform();
    for (let index = unit; index < m * n; index += n) x[index] = x[index]! + (mean + deviation * source.normal());
  }
}

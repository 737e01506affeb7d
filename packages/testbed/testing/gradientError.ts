/** The gradient of a whole network against central differences, parameter by parameter. */
import { addL2, lossAndGradient, lossOf, type Network } from "../src/network/network.ts";

export type GradientError = {
  /** |g - ghat| / (|g| + |ghat|) over all parameters that were compared. */
  readonly relative: number;
  /**
   * The largest gradient with respect to a bias that batch norm's mean takes out, which should be 0, where the whole gradient is of length
   * 1.
   */
  readonly cancelled: number;
  readonly compared: number;
  /** Parameters whose step moves a value of some layer across the kink of its activation at 0. */
  readonly skipped: number;
};

/** Of the loss of m rows with the masks of step 3, plus l2 / 2 times the sum of squared weights. */
export function gradientError(network: Network, m: number, l2: number): GradientError {
  const { architecture, layout, parameters } = network;
  lossAndGradient(network, m, 3);
  addL2(network, l2);
  const gradient = network.gradient.slice();
  const kinked = architecture.activation === "relu" || architecture.activation === "leakyRelu";
  let [difference, size, otherSize, cancelled, compared, skipped] = [0, 0, 0, 0, 0, 0];
  for (const { kind, layer, offset, length } of layout.slices) {
    const inert = kind === "bias" && network.hidden[layer]?.batchNorm != null;
    for (let index = offset; index < offset + length; index++) {
      if (inert) {
        cancelled = Math.max(cancelled, Math.abs(gradient[index]!));
        continue;
      }
      const value = parameters[index]!;
      parameters[index] = value + h;
      const above = lossOf(network, m, 3) + (l2 / 2) * squaredWeights(network);
      const signsAbove = kinked ? signs(network, m) : "";
      parameters[index] = value - h;
      const below = lossOf(network, m, 3) + (l2 / 2) * squaredWeights(network);
      const signsBelow = kinked ? signs(network, m) : "";
      parameters[index] = value;
      if (signsAbove !== signsBelow) {
        skipped++;
        continue;
      }
      const estimate = (above - below) / (2 * h);
      difference += (gradient[index]! - estimate) ** 2;
      size += gradient[index]! ** 2;
      otherSize += estimate ** 2;
      compared++;
    }
  }
  const [norm, otherNorm] = [Math.sqrt(size), Math.sqrt(otherSize)];
  return { relative: Math.sqrt(difference) / (norm + otherNorm), cancelled: cancelled / norm, compared, skipped };
}

/** The cube root of the precision of doubles, about which rounding and curvature err alike. */
const h = 1e-5;

function signs({ hidden }: Network, m: number): string {
  return hidden
    .map(({ preActivations, dense }) => Array.from(preActivations.subarray(0, m * dense.units), (z) => (z > 0 ? "+" : "-")).join(""))
    .join(" ");
}

function squaredWeights({ hidden, output }: Network): number {
  let sum = 0;
  for (const { weights } of [...hidden.map(({ dense }) => dense), output]) for (const weight of weights) sum += weight * weight;
  return sum;
}

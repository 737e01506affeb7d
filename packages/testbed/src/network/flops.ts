import type { Architecture } from "./architecture.ts";

/**
 * Additions and multiplications of the matrix products that one example costs in training: forward, for the gradient of the weights, and,
 * but for the first layer, for the gradient of the layer's inputs. What goes by unit rather than by weight is left out.
 */
export function trainingFlops({ inputs, hidden, outputs }: Architecture): number {
  const widths = [...hidden, outputs];
  return widths.reduce((sum, units, layer) => sum + 2 * (layer === 0 ? 2 : 3) * units * (widths[layer - 1] ?? inputs), 0);
}

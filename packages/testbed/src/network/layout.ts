/**
 * The position of each parameter in the one flat array that holds all parameters of a network. Because of this array, the step of an
 * optimiser is one call. The order is layer by layer: weights (inputs x units, row-major), then the bias, then gamma and beta of batch
 * norm.
 */
import type { Architecture } from "./architecture.ts";

export type ParameterKind = "weights" | "bias" | "gamma" | "beta";

/** The place of one group of parameters in the flat array. */
export type ParameterSlice = {
  /** For instance "layer2.weights". Layers count from 1, and the last one is the output layer. */
  readonly name: string;
  /** The index of the layer, from 0. */
  readonly layer: number;
  readonly kind: ParameterKind;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
};

/** The slices of the flat array in order, and its length. */
export type Layout = { readonly slices: readonly ParameterSlice[]; readonly length: number };

export function layoutOf(architecture: Architecture): Layout {
  const { inputs, hidden, outputs, batchNorm } = architecture;
  const slices: ParameterSlice[] = [];
  let offset = 0;
  const add = (layer: number, kind: ParameterKind, ...shape: readonly number[]): void => {
    const length = shape.reduce((product, side) => product * side, 1);
    slices.push({ name: `layer${layer + 1}.${kind}`, layer, kind, shape, offset, length });
    offset += length;
  };
  [...hidden, outputs].forEach((units, layer, widths) => {
    const normalised = batchNorm !== null && layer < hidden.length;
    add(layer, "weights", widths[layer - 1] ?? inputs, units);
    if (!normalised || batchNorm.bias) add(layer, "bias", units);
    if (normalised) {
      add(layer, "gamma", units);
      add(layer, "beta", units);
    }
  });
  return { slices, length: offset };
}

/** The slice of one kind in one layer; undefined where the layer has none. */
export function sliceOf(layout: Layout, layer: number, kind: ParameterKind): ParameterSlice | undefined {
  return layout.slices.find((slice) => slice.layer === layer && slice.kind === kind);
}

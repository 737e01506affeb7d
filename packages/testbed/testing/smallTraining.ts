/** Trainings small enough to be run by the hundred. */
import { derive, root, stream } from "@caviar-hpo/core";
import type { Examples } from "../src/training/examples.ts";

/** n rows of d normal features, a class from their signs and `outputs` numbers that depend on them. */
export function smallExamples(n: number, d: number, outputs: number, seed: number): Examples {
  const source = stream(derive(root(seed), "examples"));
  const inputs = Float64Array.from({ length: n * d }, () => source.normal());
  const row = (index: number): Float64Array => inputs.subarray(index * d, (index + 1) * d);
  return {
    n,
    d,
    inputs,
    labels: Int32Array.from({ length: n }, (_, index) => row(index).filter((x) => x > 0).length % outputs),
    targets: Float64Array.from({ length: n * outputs }, (_, index) => row(Math.floor(index / outputs))[index % d]! + 0.1 * source.normal()),
  };
}

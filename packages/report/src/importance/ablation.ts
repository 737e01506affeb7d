/**
 * What made the difference between two configurations: an ablation path (C. Fawcett and H. Hoos, *Analysing differences between algorithm
 * configurations through ablation*, Journal of Heuristics 22, 2016). It uses a random forest instead of new runs (A. Biedenkapp et al.,
 * *Efficient Parameter Importance Analysis via Ablation with Surrogates*, AAAI 2017). The path starts at the first configuration. Each step
 * changes the parameter whose change lowers the prediction most.
 */
import type { Config, Space } from "@caviar-hpo/core";
import { growForest, predictForest } from "./forest.ts";
import { type ImportanceOptions, readImportanceOptions } from "./importance.ts";
import { pointOf, type SampledTrial, sampleOf } from "./sample.ts";

/** The path between two configurations. */
export type Ablation = {
  /** The prediction at the first configuration. */
  readonly start: number;
  /**
   * One entry per parameter in which the two configurations differ. `prediction` is the prediction after its change. The last one is that
   * of the second configuration.
   */
  readonly steps: readonly { readonly name: string; readonly prediction: number }[];
};

/**
 * The path between two configurations; low values are good. A parameter that exists in only one of them changes together with its parent,
 * and has no step of its own.
 *
 * @throws ConfigError as `importance` does, and for configurations outside the space.
 */
export function ablation(
  space: Space,
  observations: readonly SampledTrial[],
  from: Config,
  to: Config,
  options: ImportanceOptions,
): Ablation {
  const { key, trees, leastRows } = readImportanceOptions(options);
  const sample = sampleOf(space, observations);
  const forest = growForest(sample, trees, leastRows, key);
  const predict = (point: Float64Array): number => predictForest(forest, point) * sample.unit;
  const [first, second] = [pointOf(space, from), pointOf(space, to)];
  // Where only one has a parameter, it has its value from the start, without influence while it is not active.
  const current = first.map((x, axis) => (Number.isNaN(x) ? (Number.isNaN(second[axis]!) ? 0 : second[axis]!) : x));
  const left = new Set(space.params.keys());
  for (const axis of left) if (Number.isNaN(first[axis]!) || Number.isNaN(second[axis]!) || first[axis] === second[axis]) left.delete(axis);
  const start = predict(current);
  const steps: { name: string; prediction: number }[] = [];
  while (left.size > 0) {
    const candidates = [...left].map((axis) => {
      const changed = current.slice();
      changed[axis] = second[axis]!;
      return { axis, prediction: predict(changed) };
    });
    const { axis, prediction } = candidates.reduce((best, candidate) => (candidate.prediction < best.prediction ? candidate : best));
    current[axis] = second[axis]!;
    left.delete(axis);
    steps.push({ name: space.params[axis]![0], prediction });
  }
  return { start, steps };
}

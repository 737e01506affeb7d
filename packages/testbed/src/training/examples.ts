/** What a network is trained on and judged by: rows of inputs, with a class or a row of target numbers for each. */

import { counted } from "@caviar-hpo/core/text";
import { refuse } from "../check.ts";
import type { Architecture } from "../network/architecture.ts";

/** Rows of inputs with their answers. */
export type Examples = {
  /** Row-major n x d. */
  readonly inputs: Float32Array | Float64Array;
  /** For "softmaxCrossEntropy": the class of each row, from 0 to outputs - 1. */
  readonly labels?: ArrayLike<number>;
  /** For "squaredError": row-major n x outputs. */
  readonly targets?: ArrayLike<number>;
  /** The number of rows. */
  readonly n: number;
  /** The number of features. */
  readonly d: number;
};

/**
 * What is to be predicted: labels for a classifier, targets otherwise. NaN and infinite inputs are let through, training on them diverges.
 *
 * @throws ConfigError for examples that do not fit the architecture.
 */
export function targetsOf(examples: Examples, architecture: Architecture): ArrayLike<number> {
  const { inputs, n, d } = examples;
  const { outputs, loss } = architecture;
  if (!(Number.isSafeInteger(n) && n >= 1)) refuse("noExamples", "examples", "at least one", String(n), "Pass data with at least one row.");
  if (d !== architecture.inputs || inputs.length !== n * d)
    refuse(
      "inputsShape",
      "inputs of examples",
      `${n} x ${architecture.inputs} numbers`,
      `d ${d} and ${counted(inputs.length, "number")}`,
      "Fit `inputs` of the architecture to the data.",
    );
  const classified = loss === "softmaxCrossEntropy";
  const targets = classified ? examples.labels : examples.targets;
  if (targets === undefined || targets.length !== (classified ? n : n * outputs))
    return refuse(
      "targetsShape",
      `${classified ? "labels" : "targets"} of examples`,
      classified ? counted(n, "class", "classes") : `${n} x ${outputs} numbers`,
      `${targets?.length ?? "none"}`,
      `The loss ${loss} needs them.`,
    );
  if (classified && !checked.get(targets)?.has(outputs)) checkLabels(targets, outputs);
  return targets;
}

/** The loss uses labels as addresses, so all of them are checked, but only once. */
const checked = new WeakMap<ArrayLike<number>, Set<number>>();

function checkLabels(labels: ArrayLike<number>, outputs: number): void {
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (!(Number.isInteger(label) && label >= 0 && label < outputs))
      refuse(
        "badLabel",
        `label of row ${row}`,
        `a class 0 ... ${outputs - 1}`,
        String(label),
        "Number the classes from 0, and give the network an output for each.",
      );
  }
  const known = checked.get(labels) ?? new Set();
  checked.set(labels, known.add(outputs));
}

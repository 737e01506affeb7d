/**
 * A teacher network: a random two-layer perceptron determines the right answers, so that a student of the same shape can learn them. The
 * error of the data is known exactly: either flipped labels, or Gaussian noise on the targets. The outputs of the teacher are standardised
 * over a fixed sample, so that no class takes almost all rows.
 */
import { derive, type Key, type Stream, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { tanh } from "@caviar-hpo/numerics";
import { checkKey } from "../check.ts";
import type { ClassificationData, RegressionData } from "./dataset.ts";
import { requireReal, requireRows, requireWhole } from "./ranges.ts";

type TeacherShape = {
  /** How many rows: a whole number from 1 to 10,000,000. */
  readonly n: number;
  /** How many columns: a whole number from 1 to 10,000. Inputs are standard normal. */
  readonly d: number;
  /** How many hidden tanh units the teacher has: a whole number from 1 to 10,000. */
  readonly hidden: number;
};

export type TeacherClassesOptions = TeacherShape & {
  /** How many classes: a whole number from 2 to 1000. */
  readonly classes: number;
  /**
   * The probability that a label is replaced by another label, each equally likely: 0 to (classes - 1) / classes. At the maximum, labels
   * say nothing about the inputs.
   */
  readonly flipRate: number;
};

export type TeacherTargetsOptions = TeacherShape & {
  /** How many targets: a whole number from 1 to 1000. */
  readonly outputs: number;
  /** The standard deviation of the noise on each target: 0 to 1000. The targets themselves have a standard deviation of about 1. */
  readonly noise: number;
};

const readTeacherClasses = optionReader<TeacherClassesOptions>("teacherClasses", {
  n: anything,
  d: anything,
  hidden: anything,
  classes: anything,
  flipRate: anything,
});

/**
 * Draws rows whose label is the largest output of the teacher, flipped with probability `flipRate`. This is also the lowest possible error
 * rate.
 *
 * @throws ConfigError for options out of range.
 */
export function teacherClasses(options: TeacherClassesOptions, key: Key): ClassificationData {
  const { n, d, hidden, classes, flipRate } = readTeacherClasses(options);
  requireShape({ n, d, hidden }, key);
  requireWhole("classes of a teacher", classes, 2, 1000);
  requireReal("flipRate of a teacher", flipRate, 0, (classes - 1) / classes);
  const teach = teacher(d, hidden, classes, key);
  const labels = new Float32Array(n);
  const inputs = drawRows(n, d, key, (row, x, source) => {
    const right = indexOfLargest(teach(x));
    const flipped = source.uniform() < flipRate;
    const step = 1 + source.integer(classes - 1);
    labels[row] = flipped ? (right + step) % classes : right;
  });
  return { kind: "classification", name: "teacher classes", n, d, inputs, labels, classes, bayesError: flipRate };
}

const readTeacherTargets = optionReader<TeacherTargetsOptions>("teacherTargets", {
  n: anything,
  d: anything,
  hidden: anything,
  outputs: anything,
  noise: anything,
});

/**
 * Draws rows whose targets are the outputs of the teacher plus noise. The lowest possible mean squared error is noise^2.
 *
 * @throws ConfigError for options out of range.
 */
export function teacherTargets(options: TeacherTargetsOptions, key: Key): RegressionData {
  const { n, d, hidden, outputs, noise } = readTeacherTargets(options);
  requireShape({ n, d, hidden }, key);
  requireWhole("outputs of a teacher", outputs, 1, 1000);
  requireReal("noise of a teacher", noise, 0, 1000);
  const teach = teacher(d, hidden, outputs, key);
  const targets = new Float32Array(n * outputs);
  const inputs = drawRows(n, d, key, (row, x, source) => {
    teach(x).forEach((value, output) => {
      targets[row * outputs + output] = value + noise * source.normal();
    });
  });
  return { kind: "regression", name: "teacher targets", n, d, inputs, targets, outputs, noiseVariance: noise * noise };
}

function requireShape({ n, d, hidden }: TeacherShape, key: Key): void {
  checkKey("a teacher", key);
  requireRows("a teacher", n);
  requireWhole("d of a teacher", d, 1, 10_000);
  requireWhole("hidden of a teacher", hidden, 1, 10_000);
}

function drawRows(n: number, d: number, key: Key, eachRow: (row: number, x: Float32Array, source: Stream) => void): Float32Array {
  const inputs = new Float32Array(n * d);
  for (let row = 0; row < n; row++) {
    const source = stream(derive(key, "row", row));
    const x = inputs.subarray(row * d, (row + 1) * d);
    for (let column = 0; column < d; column++) x[column] = source.normal();
    eachRow(row, x, source);
  }
  return inputs;
}

/** Outputs of the teacher that the key draws, each with mean 0 and standard deviation 1 over `probes` rows of its own. */
export function teacher(d: number, hidden: number, outputs: number, key: Key): (x: Float32Array) => readonly number[] {
  const source = stream(derive(key, "teacher"));
  const draw = (length: number, scale: number): Float64Array => Float64Array.from({ length }, () => scale * source.normal());
  const first = draw(hidden * d, 2 / Math.sqrt(d));
  const bias = draw(hidden, 0.5);
  const second = draw(outputs * hidden, 1);
  const raw = (x: Float32Array): readonly number[] => {
    const units = Float64Array.from(bias, (start, unit) => tanh(start + dot(first, unit * d, x)));
    return Array.from({ length: outputs }, (_, output) => dot(second, output * hidden, units));
  };
  const samples: (readonly number[])[] = [];
  drawRows(probes, d, derive(key, "probe"), (_row, x) => samples.push(raw(x)));
  const means = Array.from({ length: outputs }, (_, output) => mean(samples.map((sample) => sample[output]!)));
  const sds = means.map((centre, output) => Math.sqrt(mean(samples.map((sample) => square(sample[output]! - centre)))));
  return (x) => raw(x).map((value, output) => (value - means[output]!) / sds[output]!);
}

const probes = 512;

function dot(weights: Float64Array, from: number, x: Float32Array | Float64Array): number {
  let sum = 0;
  for (let index = 0; index < x.length; index++) sum += weights[from + index]! * x[index]!;
  return sum;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function square(value: number): number {
  return value * value;
}

function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}

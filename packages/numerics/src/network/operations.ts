/**
 * The arithmetic of a multilayer perceptron: what its training does to arrays, as one interface with several implementations. All matrices
 * are row-major without gaps, and each row is one example. Results are defined to the bit. Every element is rounded after every operation.
 * Products are summed in ascending order of the inner index, and columns in ascending order of the row. No operations are fused.
 *
 * | symbol | meaning |
 * |---|---|
 * | m | rows: the examples of a mini-batch |
 * | n | columns: the units of a layer |
 * | d x | the gradient of the loss with respect to x |
 */

/** An array of float32 or of float64 numbers. All arrays of one call have the same kind. */
export type Numbers = Float32Array | Float64Array;

export type ActivationName = "relu" | "leakyRelu" | "tanh" | "sigmoid" | "gelu";

/**
 * All arrays of one call must come from the same implementation. A call is fast if they come from one `allocate`. An output may be an input
 * only where the comment says so. All operations throw RangeError for arrays that are too short or of the wrong kind, and for counts or
 * other arguments out of range.
 */
export type Operations = {
  readonly precision: "float32" | "float64";

  /** Makes arrays of zeros of these lengths, next to each other in one block of memory. */
  allocate(...lengths: readonly number[]): readonly Numbers[];

  /** C (m x n) = A (m x k) B (k x n). */
  multiply(c: Numbers, a: Numbers, b: Numbers, m: number, k: number, n: number): void;
  /** C (m x n) = A^T B, A (k x m), B (k x n). */
  multiplyLeftTransposed(c: Numbers, a: Numbers, b: Numbers, m: number, k: number, n: number): void;
  /** C (m x n) = A B^T, A (m x k), B (n x k). */
  multiplyRightTransposed(c: Numbers, a: Numbers, b: Numbers, m: number, k: number, n: number): void;
  /** Adds `row` (n) to every row of X (m x n), in place. */
  addRow(x: Numbers, row: Numbers, m: number, n: number): void;
  /** out (n) = the sum over the rows of X (m x n). */
  sumRows(out: Numbers, x: Numbers, m: number, n: number): void;

  /**
   * The mean and the biased variance of every column of X (m x n). The mean is computed first, then the mean of the squared deviations from
   * it (Ioffe & Szegedy 2015, Algorithm 1).
   */
  moments(mean: Numbers, variance: Numbers, x: Numbers, m: number, n: number): void;
  /** xHat = (x - mean) / sqrt(variance + epsilon) and y = gamma xHat + beta, for each column. y and xHat may be x. */
  normalise(
    y: Numbers,
    xHat: Numbers,
    x: Numbers,
    mean: Numbers,
    variance: Numbers,
    gamma: Numbers,
    beta: Numbers,
    epsilon: number,
    m: number,
    n: number,
  ): void;
  /**
   * The gradients of `normalise` if mean and variance are those of the batch itself:
   * dx = gamma / sqrt(variance + epsilon) (dy - mean(dy) - xHat mean(dy xHat)). dx may be dy.
   */
  normaliseBackward(
    dx: Numbers,
    dGamma: Numbers,
    dBeta: Numbers,
    dy: Numbers,
    xHat: Numbers,
    variance: Numbers,
    gamma: Numbers,
    epsilon: number,
    m: number,
    n: number,
  ): void;

  /** y = f(x) for each element. y may be x. leakyRelu has slope 0.01 below 0. gelu is x Phi(x) with the exact normal distribution. */
  activate(name: ActivationName, y: Numbers, x: Numbers, length: number): void;
  /** dx = dy f'(x) for each element. dx may be dy. The derivative at 0 is 0 for relu, and 0.01 for leakyRelu. */
  activateBackward(name: ActivationName, dx: Numbers, dy: Numbers, x: Numbers, length: number): void;

  /**
   * Inverted dropout, in place. Element i becomes 0 with probability `rate`, and is otherwise divided by 1 - rate. A hash of (key, i)
   * decides this. So the backward pass is the same call on the gradient, with the same key. `rate` is at least 0 and below 1. `key` is two
   * 32-bit words.
   */
  dropout(x: Numbers, rate: number, key: readonly [number, number], length: number): void;

  /**
   * The mean cross-entropy of softmax(logits) for the given labels. `logits` is m x n; `labels` holds m classes, each from 0 to n - 1.
   * dLogits = (softmax - oneHot) / m. dLogits may be logits.
   */
  softmaxCrossEntropy(dLogits: Numbers, logits: Numbers, labels: Numbers, m: number, n: number): number;
  /** The mean over the rows of half the squared distance, (1 / 2m) sum (y - t)^2. dy = (y - t) / m. dy may be y. */
  squaredError(dy: Numbers, y: Numbers, targets: Numbers, m: number, n: number): number;

  /** g += lambda w. This is the gradient of L2 regularisation. */
  addScaled(g: Numbers, w: Numbers, lambda: number, length: number): void;
  /** w -= rate g. */
  descend(w: Numbers, g: Numbers, rate: number, length: number): void;
  /** v = beta v + weight g, then w -= rate v. The course uses weight 1 - beta; PyTorch uses weight 1. */
  descendMomentum(w: Numbers, g: Numbers, v: Numbers, rate: number, beta: number, weight: number, length: number): void;
  /** s = beta s + (1 - beta) g^2, then w -= rate g / (sqrt(s) + epsilon). */
  descendRmsProp(w: Numbers, g: Numbers, s: Numbers, rate: number, beta: number, epsilon: number, length: number): void;
  /**
   * Adam (Kingma & Ba 2015, Algorithm 1): m = beta1 m + (1 - beta1) g and v = beta2 v + (1 - beta2) g^2, then
   * w -= rate (m / correction1) / (sqrt(v / correction2) + epsilon). After t steps, correction1 is 1 - beta1^t and correction2 is 1 -
   * beta2^t.
   */
  descendAdam(
    w: Numbers,
    g: Numbers,
    m: Numbers,
    v: Numbers,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
    length: number,
  ): void;
};

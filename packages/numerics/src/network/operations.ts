/**
 * The arithmetic of a multilayer perceptron: what its training does to arrays, in one interface with several implementations. All
 * matrices are row-major without gaps, one row an example. Results are defined to the bit: every element is rounded after every
 * operation, products are summed with the inner index ascending, column sums with the row ascending, and there are no fused operations.
 *
 * | symbol | meaning |
 * |---|---|
 * | m | rows: the examples of a mini-batch |
 * | n | columns: the units of a layer |
 * | d x | the gradient of the loss with respect to x |
 */

export type Numbers = Float32Array | Float64Array;

export type ActivationName = "relu" | "leakyRelu" | "tanh" | "sigmoid" | "gelu";

/**
 * Arrays given to one call are of one implementation and, for speed, of one `allocate`. An output may be an input only where it says so.
 */
export type Operations = {
  readonly precision: "float32" | "float64";

  /** Arrays of zeros of these lengths, side by side in one block of memory. */
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
   * Mean and biased variance of every column of X (m x n): the mean first, then the mean of squared deviations from it
   * (Ioffe & Szegedy 2015, Algorithm 1).
   */
  moments(mean: Numbers, variance: Numbers, x: Numbers, m: number, n: number): void;
  /** xHat = (x - mean) / sqrt(variance + epsilon) and y = gamma xHat + beta, columnwise. y and xHat may be x. */
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
   * The gradients of `normalise` where mean and variance are those of the batch itself:
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

  /** y = f(x), elementwise; y may be x. leakyRelu has slope 0.01 below 0, gelu is x Phi(x) with the exact normal distribution. */
  activate(name: ActivationName, y: Numbers, x: Numbers, length: number): void;
  /** dx = dy f'(x), elementwise; dx may be dy. The derivative of relu at 0 is 0, of leakyRelu 0.01. */
  activateBackward(name: ActivationName, dx: Numbers, dy: Numbers, x: Numbers, length: number): void;

  /**
   * Inverted dropout, in place: element i stays, divided by 1 - rate, or becomes 0 with probability `rate`, as a hash of (key, i) says;
   * so the backward pass is the same call on the gradient with the same key. `key` is two 32-bit words.
   */
  dropout(x: Numbers, rate: number, key: readonly [number, number], length: number): void;

  /**
   * Mean cross-entropy of softmax(logits), logits (m x n), against labels (m numbers, each a class 0..n - 1);
   * dLogits = (softmax - oneHot) / m. dLogits may be logits.
   */
  softmaxCrossEntropy(dLogits: Numbers, logits: Numbers, labels: Numbers, m: number, n: number): number;
  /** Mean over rows of half the squared distance, (1 / 2m) sum (y - t)^2; dy = (y - t) / m. dy may be y. */
  squaredError(dy: Numbers, y: Numbers, targets: Numbers, m: number, n: number): number;

  /** g += lambda w: L2 regularisation. */
  addScaled(g: Numbers, w: Numbers, lambda: number, length: number): void;
  /** w -= rate g. */
  descend(w: Numbers, g: Numbers, rate: number, length: number): void;
  /** v = beta v + weight g, w -= rate v; weight 1 - beta is the course's convention, 1 PyTorch's. */
  descendMomentum(w: Numbers, g: Numbers, v: Numbers, rate: number, beta: number, weight: number, length: number): void;
  /** s = beta s + (1 - beta) g^2, w -= rate g / (sqrt(s) + epsilon). */
  descendRmsProp(w: Numbers, g: Numbers, s: Numbers, rate: number, beta: number, epsilon: number, length: number): void;
  /**
   * Adam (Kingma & Ba 2015, Algorithm 1): m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
   * w -= rate (m / correction1) / (sqrt(v / correction2) + epsilon), with correction = 1 - beta^t.
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

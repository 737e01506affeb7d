/**
 * What tells the two precisions of plain arithmetic apart: the rounding of every result, and the functions that the four operations do not
 * give. With Math.fround the results are those of IEEE 754's binary32, for double the digits and two more make the second rounding of a
 * sum, product, quotient or root innocuous (S. A. Figueroa, When is double rounding innocuous?, SIGNUM Newsletter 30(3), 1995). The
 * functions are computed in double and rounded once.
 */

export type Rounding = {
  readonly round: (x: number) => number;
  readonly exp: (x: number) => number;
  readonly log: (x: number) => number;
  readonly tanh: (x: number) => number;
  /** 1 / (1 + e^-x). */
  readonly logistic: (x: number) => number;
  /** x Phi(x), and its derivative Phi(x) + x phi(x), with the standard normal distribution. */
  readonly gelu: (x: number) => number;
  readonly geluSlope: (x: number) => number;
};

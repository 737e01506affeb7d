/**
 * Strictly increasing maps of the line, which chain as functions do. Each output warp is such a chain; the logarithm of its slope is
 * what a density pays for the change of variable.
 */

export type Monotone = {
  /** Finite for every finite x; never descends, also in floating point. */
  readonly forward: (x: number) => number;
  /** Of everything forward can give; past that it continues to rise, and may reach an infinity, which `robustScale` brings back. */
  readonly inverse: (z: number) => number;
  /** The logarithm of the derivative of `forward` at x. */
  readonly logSlope: (x: number) => number;
};

export const identity: Monotone = { forward: (x) => x, inverse: (z) => z, logSlope: () => 0 };

/** `first`, then `second`. */
export function chain(first: Monotone, second: Monotone): Monotone {
  return {
    forward: (x) => second.forward(first.forward(x)),
    inverse: (z) => first.inverse(second.inverse(z)),
    logSlope: (x) => first.logSlope(x) + second.logSlope(first.forward(x)),
  };
}

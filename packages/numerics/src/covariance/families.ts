/**
 * The stationary families as numbers. u is a function of the squared distance r2: either a multiple of the distance, or half of r2. A
 * covariance is (1 + u (a1 + u a2)) e^-u, and its slope -2 dk/d(r2) is (b0 + u b1) e^-u. The Matern covariances with nu = 1/2, 3/2, 5/2 are
 * those of C. E. Rasmussen and C. K. I. Williams, *Gaussian processes for machine learning*, 2006, equation (4.17).
 *
 *     family                u            k                          -2 dk/d(r2)
 *     matern12              r            e^-u                       e^-u / u, and 0 at u = 0
 *     matern32              sqrt(3) r    (1 + u) e^-u               3 e^-u
 *     matern52              sqrt(5) r    (1 + u + u^2 / 3) e^-u     5/3 (1 + u) e^-u
 *     squaredExponential    r^2 / 2      e^-u                       e^-u
 */

/** The families of the table above, by name. */
export type StationaryFamily = "matern12" | "matern32" | "matern52" | "squaredExponential";

export type FamilyNumbers = {
  /** u is the root of `square` times r2, or `square` times r2 itself. */
  readonly square: number;
  readonly root: boolean;
  /** a1 and a2. */
  readonly value: readonly [number, number];
  /** b0 and b1. */
  readonly slope: readonly [number, number];
  /** Whether the slope is divided by u. */
  readonly cusp: boolean;
};

export const familyNumbers: { readonly [family in StationaryFamily]: FamilyNumbers } = {
  matern12: { square: 1, root: true, value: [0, 0], slope: [1, 0], cusp: true },
  matern32: { square: 3, root: true, value: [1, 0], slope: [3, 0], cusp: false },
  matern52: { square: 5, root: true, value: [1, 1 / 3], slope: [5 / 3, 5 / 3], cusp: false },
  squaredExponential: { square: 0.5, root: false, value: [0, 0], slope: [1, 0], cusp: false },
};

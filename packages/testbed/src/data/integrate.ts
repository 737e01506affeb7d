/** Adaptive quadrature: Gauss and Legendre's rule of five points on an interval and on its halves, halved again where the two disagree. */

/** The integral of f over [low, high], each piece to within its share of `tolerance`; finite f only. */
export function integrate(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  return refine(f, low, high, rule(f, low, high), tolerance, 0);
}

function refine(f: (x: number) => number, low: number, high: number, whole: number, tolerance: number, depth: number): number {
  const middle = low + (high - low) / 2;
  const left = rule(f, low, middle);
  const right = rule(f, middle, high);
  if (Math.abs(left + right - whole) <= tolerance || depth >= deepest) return left + right;
  return refine(f, low, middle, left, tolerance / 2, depth + 1) + refine(f, middle, high, right, tolerance / 2, depth + 1);
}

const deepest = 40;

function rule(f: (x: number) => number, low: number, high: number): number {
  const half = (high - low) / 2;
  const middle = low + half;
  let sum = 0;
  for (const [node, weight] of legendre) sum += weight * f(middle + half * node);
  return half * sum;
}

/** Nodes and weights on [-1, 1]: Abramowitz and Stegun, table 25.4. */
const legendre: readonly (readonly [node: number, weight: number])[] = [
  [-0.906179845938664, 0.236926885056189],
  [-0.538469310105683, 0.478628670499366],
  [0, 0.568888888888889],
  [0.538469310105683, 0.478628670499366],
  [0.906179845938664, 0.236926885056189],
];

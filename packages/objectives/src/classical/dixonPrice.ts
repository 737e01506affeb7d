/**
 * The function of Dixon and Price: a curved valley in which the last coordinate may have either sign. L. C. W. Dixon and R. C. Price,
 * "Truncated Newton method for sparse unconstrained optimization using automatic differentiation" (1989).
 *
 * All terms are 0 if x_1 = 1 and 2 x_i^2 = x_(i-1), that is, x_i = 2^(-(2^i - 2) / 2^i). Each x_i except the last must be positive, because
 * it is twice a square. So there are exactly two minimisers, both on the box and on R^n.
 */
import type { TestFunction } from "../testFunction.ts";
import { checkDimension, cube } from "./dimension.ts";

/**
 * The function of Dixon and Price on [-10, 10]^dimension. Its minimum is 0, at two points.
 *
 * @param dimension a whole number from 2 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function dixonPrice(dimension: number): TestFunction {
  checkDimension("dixon-price", dimension, 2);
  const chain = [1];
  for (let k = 1; k < dimension; k++) chain.push(Math.sqrt(chain[k - 1]! / 2));
  return {
    id: `dixon-price-d${dimension}`,
    title: `Dixon-Price in ${dimension} dimensions`,
    bounds: cube(-10, 10, dimension),
    evaluate,
    // The roundings of x_i leave i (2e-16)^2 in term i.
    optimum: { value: 0, tolerance: 1e-31 * dimension * dimension },
    minimisers: [[...chain.slice(0, -1), -chain[dimension - 1]!], chain],
    minimisersComplete: true,
    domain: "reals",
    tags: ["valley", "ill-conditioned", "multimodal"],
    source: "Dixon & Price 1989",
  };
}

function evaluate(x: Float64Array): number {
  let total = (x[0]! - 1) * (x[0]! - 1);
  for (let k = 1; k < x.length; k++) {
    const off = 2 * x[k]! * x[k]! - x[k - 1]!;
    total += (k + 1) * off * off;
  }
  return total;
}

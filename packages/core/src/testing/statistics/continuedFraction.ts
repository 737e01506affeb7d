/**
 * The value of a1 / (b1 + a2 / (b2 + a3 / (b3 + ...))) by the modified method of Lentz (Press et al., *Numerical Recipes*, 3rd edition,
 * section 5.2).
 */

export type Fraction = { readonly numerator: (n: number) => number; readonly denominator: (n: number) => number };

/** n counts from 1. The fraction has to converge: the loop ends when a factor is 1 to the last bits. */
export function continuedFraction({ numerator, denominator }: Fraction): number {
  let value = tiny;
  let above = tiny;
  let below = 0;
  for (let n = 1; ; n++) {
    const a = numerator(n);
    const b = denominator(n);
    below = 1 / nonzero(b + a * below);
    above = nonzero(b + a / above);
    const factor = above * below;
    value *= factor;
    if (Math.abs(factor - 1) < 4e-16 || n === mostTerms) return value;
  }
}

/** Stands for zero where a division by zero would follow. */
const tiny = 1e-300;
/** A fraction whose last factors alternate between two neighbours of 1 ends here. */
const mostTerms = 10_000;

function nonzero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

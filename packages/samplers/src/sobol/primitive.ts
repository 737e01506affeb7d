/** Primitive polynomials over GF(2). Bit k of a polynomial is the coefficient of x^k, and so it is with remainders. */

/**
 * Whether the powers of x modulo the polynomial take every value but 0: whether n = 2^degree - 1 is the least exponent with x^n = 1. It is
 * unless x^(n / q) = 1 for a prime q that divides n (R. Lidl, H. Niederreiter, *Introduction to finite fields*, 1994, section 3.1).
 */
export function isPrimitive(polynomial: number): boolean {
  const exponent = (1 << degreeOf(polynomial)) - 1;
  if (powerOfX(exponent, polynomial) !== 1) return false;
  let left = exponent;
  for (let divisor = 3; left > 1; divisor += 2) {
    if (divisor * divisor > left) divisor = left;
    if (left % divisor > 0) continue;
    if (powerOfX(exponent / divisor, polynomial) === 1) return false;
    while (left % divisor === 0) left /= divisor;
  }
  return true;
}

function degreeOf(polynomial: number): number {
  return 31 - Math.clz32(polynomial);
}

/** x^exponent modulo the polynomial: squares, and a factor x for each binary digit 1 of the exponent. */
function powerOfX(exponent: number, polynomial: number): number {
  const degree = degreeOf(polynomial);
  const timesX = (value: number): number => ((value << 1) >>> degree === 0 ? value << 1 : (value << 1) ^ polynomial);
  let power = 1;
  for (let digit = degreeOf(exponent); digit >= 0; digit--) {
    let square = 0;
    for (let i = degree - 1; i >= 0; i--) square = timesX(square) ^ ((power >>> i) & 1 ? power : 0);
    power = (exponent >>> digit) & 1 ? timesX(square) : square;
  }
  return power;
}

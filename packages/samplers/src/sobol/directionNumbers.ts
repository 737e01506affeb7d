/**
 * Direction numbers of the Sobol sequence, from the packed table of Joe and Kuo (2008). A dimension's polynomial
 * x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1 and its odd initial m_1 ... m_s give every further m_k by their equation (2):
 *
 *     m_k = 2 a_1 m_(k-1) xor 2^2 a_2 m_(k-2) xor ... xor 2^(s-1) a_(s-1) m_(k-s+1) xor 2^s m_(k-s) xor m_(k-s)
 */
import { directionAlphabet, packedDirections } from "./directions.ts";
import { isPrimitive } from "./primitive.ts";

/** Binary digits of a point. */
export const directionBits = 32;

/**
 * m_1 ... m_32 of each dimension, row-major dimensions x 32. m_k has k bits: the direction number is m_k / 2^k.
 * At most `tableDimensions` of them.
 */
export function directionNumbers(dimensions: number): Uint32Array {
  const m = new Uint32Array(dimensions * directionBits).fill(1, 0, directionBits);
  const read = bitReader(packedDirections);
  let polynomial = 1;
  for (let row = directionBits; row < m.length; row += directionBits) {
    do polynomial += 2;
    while (!isPrimitive(polynomial));
    const degree = 31 - Math.clz32(polynomial);
    for (let k = 1; k <= degree; k++) m[row + k - 1] = 2 * read(k - 1) + 1;
    for (let k = degree + 1; k <= directionBits; k++) m[row + k - 1] = next(m, row + k - 1, polynomial, degree);
  }
  return m;
}

function next(m: Uint32Array, at: number, polynomial: number, degree: number): number {
  let value = m[at - degree]!;
  for (let i = 1; i <= degree; i++) {
    const coefficient = (polynomial >>> (degree - i)) & 1;
    if (coefficient === 1) value ^= m[at - i]! << i;
  }
  return value;
}

function bitReader(packed: string): (count: number) => number {
  let at = 0;
  return (count) => {
    let value = 0;
    for (let end = at + count; at < end; at++) {
      const digit = directionAlphabet.indexOf(packed[(at - (at % 5)) / 5]!);
      value = 2 * value + ((digit >>> (4 - (at % 5))) & 1);
    }
    return value;
  };
}

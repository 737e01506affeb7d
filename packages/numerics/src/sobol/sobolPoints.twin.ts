/** What assembly/sobol.ts computes, point by point and digit by digit: for tests. */

export function sobolPoint(directions: Int32Array, seeds: Int32Array | null, index: number): Float64Array {
  const gray = (index ^ (index >>> 1)) >>> 0;
  return Float64Array.from({ length: directions.length / 32 }, (_, j) => {
    let x = 0;
    for (let k = 0; k < 32; k++) if ((gray >>> k) & 1) x ^= directions[32 * j + k]!;
    return seeds === null ? fraction(x) : fraction(scramble(x, seeds[2 * j]!, seeds[2 * j + 1]!)) + 0.5 / 0x1_0000_0000;
  });
}

function scramble(reversed: number, addend: number, multiplier: number): number {
  let x = reversed ^ Math.imul(reversed, 0x3d20adea);
  x = Math.imul(x + addend, multiplier);
  x ^= Math.imul(x, 0x05526c56);
  return x ^ Math.imul(x, 0x53a22864);
}

/** The binary fraction whose digits are those of `reversed` from the lowest on. */
function fraction(reversed: number): number {
  let sum = 0;
  let place = 0.5;
  for (let digits = reversed; digits !== 0; digits >>>= 1) {
    if (digits & 1) sum += place;
    place /= 2;
  }
  return sum;
}

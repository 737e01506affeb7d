/**
 * Exact positive rationals. Bracket arithmetic asks whether eta^s still fits into R, and floating-point logarithms answer wrongly at exact
 * powers (Python's log(243) / log(3) is 4.999999999999999). A double counts as the decimal that prints it, so that 2.7 is 27/10, as its
 * author meant.
 */

/** Both parts positive (a numerator may be 0); not always in lowest terms. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** A finite number that is not negative, as the shortest decimal that reads back as it. */
export function ratioOf(value: number): Ratio {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0 ? { numerator: digits * power(10n, shift), denominator: 1n } : { numerator: digits, denominator: power(10n, -shift) };
}

export function power(base: bigint, exponent: number): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

export function floorOf({ numerator, denominator }: Ratio): bigint {
  return numerator / denominator;
}

export function ceilOf({ numerator, denominator }: Ratio): bigint {
  return (numerator + denominator - 1n) / denominator;
}

export function roundHalfUp({ numerator, denominator }: Ratio): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/**
 * The nearest double, and the even one of two that are equally near. Infinity beyond the largest; below 2.2e-308 not always the nearest.
 */
export function numberOf({ numerator, denominator }: Ratio): number {
  if (numerator === 0n) return 0;
  // The quotient has more than 60 bits, and its last bit is set if digits were cut off. So its conversion rounds once, and correctly.
  const shift = 64 - bits(numerator) + bits(denominator);
  const dividend = shift >= 0 ? numerator << BigInt(shift) : numerator;
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const quotient = dividend / divisor;
  const sticky = quotient * divisor === dividend ? quotient : quotient | 1n;
  return timesPowerOfTwo(Number(sticky), -shift);
}

/** The length in bits. It may be up to three bits too long. */
function bits(value: bigint): number {
  return value.toString(16).length * 4;
}

function timesPowerOfTwo(value: number, exponent: number): number {
  let result = value;
  for (let rest = exponent; rest > 0; rest--) result *= 2;
  for (let rest = exponent; rest < 0; rest++) result /= 2;
  return result;
}

/** count -> floor(count / eta), for counts below 2^24. */
export function wholeShare(eta: number): (count: number) => number {
  const { numerator, denominator } = ratioOf(eta);
  const [over, under] = [Number(denominator), Number(numerator)];
  // The product is below 2^44 and so exact, and the quotient is too far from the next whole number to round up to it.
  if (over < 0x100000 && under < 0x100000) return (count) => Math.floor((count * over) / under);
  return (count) => Number((BigInt(count) * denominator) / numerator);
}

/** floor(count eta^-exponent). */
export function shrink(count: bigint, eta: Ratio, exponent: number): bigint {
  return (count * power(eta.denominator, exponent)) / power(eta.numerator, exponent);
}

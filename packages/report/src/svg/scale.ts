/** Scales, which map data to pixels, and their ticks, which are the values with a label. */
import { log, pow } from "@caviar-hpo/numerics";
import { powerOfTen, significant } from "../format.ts";

export type PixelScale = { readonly domain: readonly [number, number]; (value: number): number };
export type Tick = { readonly at: number; readonly label: string };

/** Maps the domain to the range linearly. An empty domain maps to the middle. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): PixelScale {
  const width = domain[1] - domain[0];
  const map = (value: number): number =>
    width === 0 ? (range[0] + range[1]) / 2 : range[0] + ((value - domain[0]) / width) * (range[1] - range[0]);
  return Object.assign(map, { domain });
}

/**
 * Ticks inside the domain at 1, 2 or 5 times a power of ten, about `most` of them at most. Only its low end if it is empty, or if its width
 * or such a power of ten is no double.
 */
export function linearTicks(domain: readonly [number, number], most: number): readonly Tick[] {
  const width = domain[1] - domain[0];
  const exponent = width > 0 ? Math.floor(log(width / most) / Math.LN10 + 1e-9) : 0;
  const unit = pow(10, exponent);
  if (width <= 0 || unit === 0 || width === Infinity) return [{ at: domain[0], label: significant(domain[0], 3) }];
  const step = [1, 2, 5, 10].map((multiple) => multiple * unit).find((candidate) => width / candidate <= most) ?? 10 * unit;
  const digits = Math.max(0, -Math.floor(log(step) / Math.LN10 + 1e-9));
  return counting(Math.ceil(domain[0] / step - 1e-9), Math.floor(domain[1] / step + 1e-9)).map((multiple) => ({
    at: multiple * step,
    label: tickLabel(multiple * step, digits),
  }));
}

/** A plain number, or one with a power of ten where that would have more than twenty decimals. */
function tickLabel(value: number, digits: number): string {
  if (digits <= 20) return value.toFixed(digits);
  if (value === 0) return "0";
  return value < 0 ? `-${significant(-value, 2)}` : significant(value, 2);
}

/**
 * Ticks of an axis that shows log10 of a quantity, about `most` of them at most. Whole powers of ten are written as powers. If fewer than
 * three fit, other multiples of a power are added, and all ticks are plain numbers.
 */
export function logTicks(domain: readonly [number, number], most: number): readonly Tick[] {
  const [low, high] = domain;
  const decades = counting(Math.ceil(low - 1e-9), Math.floor(high + 1e-9));
  if (decades.length >= 3) {
    const stride = [1, 2, 3, 4, 5, 10, 20, 50, 100].find((candidate) => decades.length / candidate <= most) ?? 200;
    return decades.filter((exponent) => exponent % stride === 0).map((exponent) => ({ at: exponent, label: powerOfTen(exponent) }));
  }
  return plainLogTicks(domain, most);
}

/**
 * As many multiples of powers of ten as fit. They are plain numbers unless they are very small or very large. There are no ticks if even
 * the powers are too many.
 */
export function plainLogTicks(domain: readonly [number, number], most: number): readonly Tick[] {
  const choices = [[1, 2, 5], [1, 3], [1]].map((multiples) => multipleTicks(domain, multiples));
  return choices.find((ticks) => ticks.length <= most) ?? [];
}

function multipleTicks([low, high]: readonly [number, number], multiples: readonly number[]): readonly Tick[] {
  return counting(Math.floor(low), Math.floor(high + 1e-9))
    .flatMap((exponent) => multiples.map((multiple) => ({ at: exponent + log(multiple) / Math.LN10, label: oneDigit(multiple, exponent) })))
    .filter(({ at }) => at >= low - 1e-9 && at <= high + 1e-9);
}

function oneDigit(multiple: number, exponent: number): string {
  if (exponent >= 0 && exponent < 4) return String(multiple * Math.round(pow(10, exponent)));
  if (exponent < 0 && exponent > -4) return `0.${"0".repeat(-exponent - 1)}${multiple}`;
  return multiple === 1 ? powerOfTen(exponent) : `${multiple}×${powerOfTen(exponent)}`;
}

function counting(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

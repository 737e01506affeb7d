/** Numbers as text for readers: the same text on every engine, with powers of ten written out and a sign for bounds. */
import { pow } from "@caviar-hpo/numerics";
import type { Estimate, EstimateInterval } from "./statistics/estimate.ts";
import { beyondAnyDifference } from "./statistics/pairedDifference.ts";
import type { WinTieLoss } from "./statistics/winTieLoss.ts";

/** A plain decimal with a true minus sign. */
export function decimal(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A positive number with `digits` significant digits: plain between 0.001 and 9999, otherwise with a power of ten. */
export function significant(value: number, digits: number): string {
  if (value >= 0.001 && value < 9999.5) return value >= 1000 ? value.toFixed(0) : value.toPrecision(digits);
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return `${mantissa}×${powerOfTen(Number(exponent))}`;
}

/** Any number with `digits` significant digits, with a true minus sign. */
export function significantNumber(value: number, digits: number): string {
  if (value === 0) return "0";
  return value < 0 ? `−${significant(-value, digits)}` : significant(value, digits);
}

/** A positive number from its log10, as `significant` shows it, also where the number is beyond the doubles. */
function significantFromLog10(log10: number, digits: number): string {
  if (Math.abs(log10) < 300) return significant(pow(10, log10), digits);
  const exponent = Math.floor(log10);
  const mantissa = pow(10, log10 - exponent).toPrecision(digits);
  return Number(mantissa) < 10 ? `${mantissa}×${powerOfTen(exponent)}` : `${(1).toPrecision(digits)}×${powerOfTen(exponent + 1)}`;
}

/** 10 with a raised exponent. */
export function powerOfTen(exponent: number): string {
  const raised = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${raised}`;
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A regret from its log10: `≤` at the floor, and “no success” for Infinity. */
export function regret(log10Regret: number, log10Floor: number): string {
  if (log10Regret === Infinity) return "no success";
  return `${log10Regret <= log10Floor ? "≤ " : ""}${significantFromLog10(log10Regret, 3)}`;
}

/** A factor from its log10: 0.31×. Differences that come from runs without a success are ∞ and 0. */
export function factor(log10Factor: number): string {
  if (log10Factor > beyondAnyDifference / 3) return "∞";
  if (log10Factor < -beyondAnyDifference / 3) return "0";
  return significantFromLog10(log10Factor, 3);
}

export function interval(bounds: EstimateInterval | null, show: (value: number) => string): string {
  return bounds === null ? "–" : `${show(bounds.low)} to ${show(bounds.high)}`;
}

/** A value with its interval in brackets. */
export function estimate(value: Estimate, show: (value: number) => string): string {
  return value.interval === null ? show(value.value) : `${show(value.value)} [${interval(value.interval, show)}]`;
}

/** A mean rank with its interval. */
export function rankWords(value: Estimate): string {
  return estimate(value, twoDigits);
}

export function twoDigits(value: number): string {
  return decimal(value, 2);
}

/** A number of random points: `> 6931` for more than the sample of random points can tell. */
export function equivalentWords(evaluations: number, most: number): string {
  if (evaluations > most) return `> ${most.toFixed(0)}`;
  return evaluations <= 1 ? "≤ 1" : evaluations < 99.5 ? significant(evaluations, 2) : evaluations.toFixed(0);
}

/**
 * How many times as much the reference needs, from the share of the reference that a strategy needs. ∞ if only the reference does not reach
 * the target.
 */
export function speedUp(share: number): string {
  if (share === Infinity) return "not reached";
  if (share === 0) return "∞";
  return `${1 / share < 10 ? significant(1 / share, 2) : decimal(1 / share, 0)}×`;
}

/** The interval of the speed-up, from that of the share. */
export function speedUpInterval(bounds: EstimateInterval): string {
  return `${speedUp(bounds.high)} to ${speedUp(bounds.low)}`;
}

export function record(counts: WinTieLoss): string {
  return `${counts.wins}–${counts.ties}–${counts.losses}`;
}

export function pValue(p: number): string {
  return p < 0.0001 ? "< 0.0001" : p.toPrecision(2);
}

/** `5`, or `5 to 53`, for an ascending sample of one or more. Numbers that are not whole have three digits. */
export function span(ascending: readonly number[]): string {
  const shown = (value: number): string => (Number.isInteger(value) ? String(value) : significant(value, 3));
  const [least, most] = [shown(ascending[0]!), shown(ascending[ascending.length - 1]!)];
  return least === most ? least : `${least} to ${most}`;
}

/** A whole number with thin spaces between thousands. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

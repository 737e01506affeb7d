/**
 * The line search of Moré and Thuente (ACM Trans. Math. Softw. 20, 1994) as a state machine: a step with
 *
 *     phi(step) <= phi(0) + mu step phi'(0)   and   |phi'(step)| <= eta |phi'(0)|
 *
 * (eqs. 1.1 and 1.2, the strong Wolfe conditions), or the longest step allowed where the value still falls there. A step whose value is not
 * finite was too long: it becomes a limit that later steps stay below.
 */

import { type SearchInterval, trialStep } from "./trialStep.ts";

const LEAST_EXTRAPOLATION = 1.1;
const MOST_EXTRAPOLATION = 4;

export type LineSearch = SearchInterval & {
  readonly mu: number;
  readonly eta: number;
  /** Relative width of an interval that is not worth dividing. */
  readonly widthTolerance: number;
  /** The step to evaluate next. */
  step: number;
  longest: number;
  value: number;
  slope: number;
  /** Section 3: the first stage looks for a step with psi(step) <= 0 and phi'(step) >= 0. */
  firstStage: boolean;
  least: number;
  most: number;
  width: number;
  widthBefore: number;
  retreats: number;
};

/** "cornered": rounding, or a gap in the function, leaves no step worth a trial. */
export type LineSearchVerdict = "evaluate" | "found" | "cornered";

export function lineSearch(mu: number, eta: number, widthTolerance: number): LineSearch {
  return {
    mu,
    eta,
    widthTolerance,
    step: 0,
    longest: 0,
    value: 0,
    slope: 0,
    firstStage: true,
    least: 0,
    most: 0,
    width: 0,
    widthBefore: 0,
    retreats: 0,
    stx: 0,
    fx: 0,
    dx: 0,
    sty: 0,
    fy: 0,
    dy: 0,
    bracketed: false,
  };
}

/** Begins at value phi(0) and slope phi'(0) < 0 with a first step in (0, longest]. */
export function begin(search: LineSearch, value: number, slope: number, step: number, longest: number): void {
  search.step = step;
  search.longest = longest;
  search.value = value;
  search.slope = slope;
  search.firstStage = true;
  search.least = 0;
  search.most = step + MOST_EXTRAPOLATION * step;
  search.width = longest;
  search.widthBefore = 2 * longest;
  search.retreats = 0;
  search.stx = 0;
  search.fx = value;
  search.dx = slope;
  search.sty = 0;
  search.fy = value;
  search.dy = slope;
  search.bracketed = false;
}

/** Hears finite phi(step) and phi'(step). */
export function advance(search: LineSearch, f: number, g: number): LineSearchVerdict {
  const { step, longest, value, slope, mu, eta } = search;
  const gtest = mu * slope;
  const ftest = value + step * gtest;
  const decreased = f <= ftest;
  if (search.firstStage && decreased && g >= 0) search.firstStage = false;

  if (decreased && Math.abs(g) <= -eta * slope) return "found";
  if (step === longest && decreased && g <= gtest) return "found";

  let next: number;
  if (search.firstStage && f <= search.fx && !decreased) {
    // Section 3: while no step has decreased the value enough, the interval is updated by psi(step) = phi(step) - phi(0) - mu step phi'(0).
    search.fx -= search.stx * gtest;
    search.dx -= gtest;
    search.fy -= search.sty * gtest;
    search.dy -= gtest;
    next = trialStep(search, step, f - step * gtest, g - gtest, search.least, search.most);
    search.fx += search.stx * gtest;
    search.dx += gtest;
    search.fy += search.sty * gtest;
    search.dy += gtest;
  } else next = trialStep(search, step, f, g, search.least, search.most);

  if (search.bracketed) {
    const { stx, sty } = search;
    const width = Math.abs(sty - stx);
    // Interpolation whose arithmetic overflowed is no step, and one that has not shrunk the interval by a third in two trials is too slow:
    // bisect.
    if (Number.isNaN(next) || width >= 0.66 * search.widthBefore) next = stx + 0.5 * (sty - stx);
    search.widthBefore = search.width;
    search.width = width;
    search.least = Math.min(stx, sty);
    search.most = Math.max(stx, sty);
  } else {
    search.least = next + LEAST_EXTRAPOLATION * (next - search.stx);
    search.most = next + MOST_EXTRAPOLATION * (next - search.stx);
  }
  next = Math.max(0, Math.min(longest, next));
  if (Number.isNaN(next)) return "cornered";
  if (search.bracketed && (next <= search.least || next >= search.most || narrow(search))) return "cornered";
  search.step = next;
  return "evaluate";
}

/** Hears that phi(step) or phi'(step) is not finite. */
export function retreat(search: LineSearch): LineSearchVerdict {
  const { step, stx } = search;
  // The best step lies beyond this one: finite values on both sides of a gap, which no limit describes.
  if (step <= stx) return "cornered";
  // Halved twice, since the edge may be what the minimiser leans on; then by tens, since a whole half space may be missing.
  const next = stx + (search.retreats < 2 ? 0.5 : 0.1) * (step - stx);
  search.retreats++;
  search.step = next;
  search.longest = next;
  search.bracketed = false;
  search.least = stx;
  search.most = next;
  search.width = next;
  search.widthBefore = 2 * next;
  return "evaluate";
}

function narrow({ least, most, widthTolerance }: LineSearch): boolean {
  return most - least <= widthTolerance * most;
}

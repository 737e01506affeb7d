/**
 * One safeguarded step of the line search of Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM Trans.
 * Math. Softw. 20 (1994), section 4: from values and slopes at the best step so far and at the trial step, the next trial step by cubic or
 * quadratic interpolation, and the smaller interval that holds a minimiser.
 *
 * | symbol | meaning |
 * |---|---|
 * | stx, fx, dx | the end of the interval with the least value, its value, its slope |
 * | sty, fy, dy | the other end |
 * | stp, fp, dp | the trial step |
 */

export type SearchInterval = {
  stx: number;
  fx: number;
  dx: number;
  sty: number;
  fy: number;
  dy: number;
  /** Whether a minimiser is known to lie between the ends. */
  bracketed: boolean;
};

/** The next trial step within [least, most]; updates the interval. */
export function trialStep(interval: SearchInterval, stp: number, fp: number, dp: number, least: number, most: number): number {
  const { stx, fx, dx } = interval;
  const opposite = dp * Math.sign(dx) < 0;
  let next: number;
  if (fp > fx) next = higherValue(interval, stp, fp, dp);
  else if (opposite) next = oppositeSlopes(interval, stp, fp, dp);
  else if (Math.abs(dp) < Math.abs(dx)) next = flatterSlope(interval, stp, fp, dp, least, most);
  else next = steeperSlope(interval, stp, fp, dp, least, most);

  if (fp > fx) {
    interval.sty = stp;
    interval.fy = fp;
    interval.dy = dp;
    interval.bracketed = true;
  } else {
    if (opposite) {
      interval.sty = stx;
      interval.fy = fx;
      interval.dy = dx;
      interval.bracketed = true;
    }
    interval.stx = stp;
    interval.fx = fp;
    interval.dx = dp;
  }
  return next;
}

/** Case 1: the minimum is bracketed. The cubic step where it is nearer to stx than the quadratic one, else their mean. */
function higherValue({ stx, fx, dx }: SearchInterval, stp: number, fp: number, dp: number): number {
  const theta = (3 * (fx - fp)) / (stp - stx) + dx + dp;
  const gamma = Math.sign(stp - stx) * cubicRoot(theta, dx, dp);
  const cubic = stx + ((gamma - dx + theta) / (gamma - dx + gamma + dp)) * (stp - stx);
  const quadratic = stx + (dx / ((fx - fp) / (stp - stx) + dx) / 2) * (stp - stx);
  return Math.abs(cubic - stx) < Math.abs(quadratic - stx) ? cubic : cubic + (quadratic - cubic) / 2;
}

/** Case 2: lower value, slopes of opposite sign, bracketed. The cubic or the secant step, whichever is farther from stp. */
function oppositeSlopes({ stx, fx, dx }: SearchInterval, stp: number, fp: number, dp: number): number {
  const theta = (3 * (fx - fp)) / (stp - stx) + dx + dp;
  const gamma = Math.sign(stx - stp) * cubicRoot(theta, dx, dp);
  const cubic = stp + ((gamma - dp + theta) / (gamma - dp + gamma + dx)) * (stx - stp);
  const secant = stp + (dp / (dp - dx)) * (stx - stp);
  return Math.abs(cubic - stp) > Math.abs(secant - stp) ? cubic : secant;
}

/**
 * Case 3: lower value, same sign, smaller slope. The cubic step only where the cubic tends to infinity that way or its minimum lies beyond
 * stp.
 */
function flatterSlope(
  { stx, fx, dx, sty, bracketed }: SearchInterval,
  stp: number,
  fp: number,
  dp: number,
  least: number,
  most: number,
): number {
  const theta = (3 * (fx - fp)) / (stp - stx) + dx + dp;
  const gamma = Math.sign(stx - stp) * cubicRoot(theta, dx, dp);
  const ratio = (gamma - dp + theta) / (gamma + (dx - dp) + gamma);
  const cubic = ratio < 0 && gamma !== 0 ? stp + ratio * (stx - stp) : stp > stx ? most : least;
  const secant = stp + (dp / (dp - dx)) * (stx - stp);
  const cubicIsNearer = Math.abs(cubic - stp) < Math.abs(secant - stp);
  if (!bracketed) return Math.max(least, Math.min(most, cubicIsNearer ? secant : cubic));
  const next = cubicIsNearer ? cubic : secant;
  // Not farther than two thirds of the way to sty.
  const end = stp + 0.66 * (sty - stp);
  return stp > stx ? Math.min(end, next) : Math.max(end, next);
}

/** Case 4: lower value, same sign, slope not smaller. The cubic step between stp and sty where bracketed, else as far as allowed. */
function steeperSlope(
  { stx, sty, fy, dy, bracketed }: SearchInterval,
  stp: number,
  fp: number,
  dp: number,
  least: number,
  most: number,
): number {
  if (!bracketed) return stp > stx ? most : least;
  const theta = (3 * (fp - fy)) / (sty - stp) + dy + dp;
  const gamma = Math.sign(sty - stp) * cubicRoot(theta, dy, dp);
  return stp + ((gamma - dp + theta) / (gamma - dp + gamma + dy)) * (sty - stp);
}

/** sqrt(theta^2 - a b), scaled against overflow, 0 where rounding made it negative. */
function cubicRoot(theta: number, a: number, b: number): number {
  const scale = Math.max(Math.abs(theta), Math.abs(a), Math.abs(b));
  if (scale === 0) return 0;
  const ratio = theta / scale;
  return scale * Math.sqrt(Math.max(0, ratio * ratio - (a / scale) * (b / scale)));
}

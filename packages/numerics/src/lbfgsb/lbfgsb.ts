/**
 * L-BFGS-B as an explicit state machine. It says at which point it needs the value and the gradient, and the caller tells it both. So the
 * caller decides when to compute them, and together with which other points.
 *
 * The method is that of Byrd, Lu, Nocedal and Zhu, "A limited memory algorithm for bound constrained optimization", SIAM J. Sci. Comput. 16
 * (1995), with the projected subspace step of Morales and Nocedal (2011) and the line search of Moré and Thuente (1994). Each iteration
 * moves from x towards the subspace minimiser, whose computation starts from the generalised Cauchy point. All buffers are made at the
 * start.
 */

import { type Bounds, longestStep, project, projectedGradientNorm } from "./box.ts";
import { type CauchyPoint, cauchyPoint, findCauchyPoint } from "./cauchyPoint.ts";
import { forget, type LimitedMemory, limitedMemory, remember } from "./limitedMemory.ts";
import { advance, begin, type LineSearch, lineSearch, retreat } from "./moreThuente.ts";
import { sideBySide } from "./sideBySide.ts";
import { minimiseInSubspace, type Subspace, subspace } from "./subspace.ts";

export type MinimiserOptions = {
  /** How many pairs of steps and gradient changes the quadratic model remembers. A whole number, at least 1; 10 by default. */
  readonly memory?: number;
  /** The minimiser has converged when the sup-norm of the projected gradient is at most this. At least 0; 1e-5 by default. */
  readonly gradientTolerance?: number;
  /**
   * The minimiser has converged when an iteration lowers the value by at most this times max(|value|, |value before|, 1). At least 0;
   * 2.22e-9 by default.
   */
  readonly valueTolerance?: number;
  /** How many times the function may be evaluated. A whole number, at least 1; 15,000 by default. */
  readonly maxEvaluations?: number;
};

/** A minimisation that is under way. Compute value and gradient at `point`, and pass them to `tell`, while `status` is "running". */
export type Minimiser = {
  /**
   * The point at which the minimiser needs the value and the gradient next. At the end, it is the best point. The array belongs to the
   * minimiser: read it, and do not write to it.
   */
  readonly point: Float64Array;
  /** The best value so far. Infinity before the first one. */
  readonly value: number;
  readonly evaluations: number;
  /**
   * - "running": it needs another value and gradient.
   * - "converged": one of the two tolerances is met.
   * - "stalled": it finds no lower value along the steepest descent, or the value or gradient at the start is not finite.
   * - "exhausted": no evaluations are left.
   */
  readonly status: "running" | "converged" | "stalled" | "exhausted";
  /**
   * Takes the value and the gradient at `point`, and reads both before it returns. If one of them is not finite, the step was too long, and
   * the line search takes a shorter one.
   */
  tell(value: number, gradient: Float64Array): void;
};

/**
 * Makes a minimiser of a function in the box `bounds`. It moves `start` into the box, and never asks for a point outside the box. It ends
 * at the best of the points whose values it was told, so it is never worse than its start. Do not change `bounds` while it runs.
 *
 * @throws RangeError if lengths differ, if a lower bound is above its upper bound, if a bound or the start is NaN, if the start is
 * infinite, or if an option is out of range.
 */
export function lbfgsb(start: Float64Array, bounds: Bounds, options: MinimiserOptions = {}): Minimiser {
  const { memory = 10, gradientTolerance = 1e-5, valueTolerance = 2.220446049250313e-9, maxEvaluations = 15_000 } = options;
  check(start, bounds);
  for (const [name, count] of Object.entries({ memory, maxEvaluations })) {
    if (!(Number.isInteger(count) && count >= 1)) misuse(name, "a whole number, at least 1", count, "Omit it for the default.");
  }
  for (const [name, tolerance] of Object.entries({ gradientTolerance, valueTolerance })) {
    if (!(tolerance >= 0)) misuse(name, "a number, at least 0", tolerance, "Omit it for the default.");
  }
  const n = start.length;
  const [point, x, g, bestPoint, bestGradient, direction, s, y] = sideBySide(n, n, n, n, n, n, n, n);
  point!.set(start);
  const state: MinimiserState = {
    point: point!,
    value: Infinity,
    evaluations: 0,
    status: "running",
    tell: (value, gradient) => tell(state, value, gradient),
    bounds,
    gradientTolerance,
    valueTolerance,
    maxEvaluations,
    unbounded: bounds.lower.every((l) => l === -Infinity) && bounds.upper.every((u) => u === Infinity),
    boxed: bounds.lower.every((l) => l !== -Infinity) && bounds.upper.every((u) => u !== Infinity),
    x: x!,
    g: g!,
    f: Infinity,
    bestPoint: bestPoint!,
    bestGradient: bestGradient!,
    direction: direction!,
    s: s!,
    y: y!,
    memory: limitedMemory(n, memory),
    cauchy: cauchyPoint(n, memory),
    space: subspace(n, memory),
    search: lineSearch(MU, ETA, WIDTH_TOLERANCE),
    trials: 0,
  };
  project(state.point, bounds);
  for (const x of state.point) if (!Number.isFinite(x)) misuse("start", "finite coordinates", x, "Start inside the box.");
  return state;
}

/** The line search's constants and its trials, as published with L-BFGS-B. */
const MU = 1e-3;
const ETA = 0.9;
const WIDTH_TOLERANCE = 0.1;
const MOST_TRIALS = 20;
const LONGEST_STEP = 1e10;
const EPSILON = 2.220446049250313e-16;

type MinimiserState = { -readonly [K in keyof Minimiser]: Minimiser[K] } & Required<
  Pick<MinimiserOptions, "gradientTolerance" | "valueTolerance" | "maxEvaluations">
> & {
    readonly bounds: Bounds;
    /** No bound is finite; all are. */
    readonly unbounded: boolean;
    readonly boxed: boolean;
    /** The iterate, its gradient and value. */
    readonly x: Float64Array;
    readonly g: Float64Array;
    f: number;
    readonly bestPoint: Float64Array;
    readonly bestGradient: Float64Array;
    readonly direction: Float64Array;
    readonly s: Float64Array;
    readonly y: Float64Array;
    readonly memory: LimitedMemory;
    readonly cauchy: CauchyPoint;
    readonly space: Subspace;
    readonly search: LineSearch;
    /** Evaluations of the present line search. */
    trials: number;
  };

function tell(state: MinimiserState, value: number, gradient: Float64Array): void {
  if (state.status !== "running") misuse("tell", 'a minimiser that is "running"', state.status, "Check `status` before you evaluate.");
  if (gradient.length !== state.x.length) misuse("gradient", `length ${state.x.length}`, gradient.length, "Pass one entry per coordinate.");
  const first = state.evaluations === 0;
  state.evaluations++;
  const finite = Number.isFinite(value) && allFinite(gradient);
  if (finite && value < state.value) {
    state.value = value;
    state.bestPoint.set(state.point);
    state.bestGradient.set(gradient);
  }
  state.status = first ? hearStart(state, finite, value, gradient) : hearTrial(state, finite, value, gradient);
  if (state.status === "running" && state.evaluations >= state.maxEvaluations) state.status = "exhausted";
  if (state.status !== "running") state.point.set(state.bestPoint);
}

function hearStart(state: MinimiserState, finite: boolean, value: number, gradient: Float64Array): Minimiser["status"] {
  if (!finite) {
    // There is no direction to go.
    if (Number.isFinite(value)) state.value = value;
    state.bestPoint.set(state.point);
    return "stalled";
  }
  moveTo(state, state.point, value, gradient);
  return stationary(state) ? "converged" : beginSearch(state);
}

function hearTrial(state: MinimiserState, finite: boolean, value: number, gradient: Float64Array): Minimiser["status"] {
  state.trials++;
  const slope = finite ? dot(gradient, state.direction) : NaN;
  const progress = Number.isFinite(slope) ? advance(state.search, value, slope) : retreat(state.search);
  if (progress === "evaluate" && state.trials < MOST_TRIALS && placeTrial(state)) return "running";
  const before = state.f;
  if (progress === "found") step(state, state.point, value, gradient);
  // Narrowed down as far as is worth it, without the strong Wolfe conditions: the best step will do.
  else if (progress === "cornered" && state.value < before) step(state, state.bestPoint, state.value, state.bestGradient);
  else {
    // The search has failed. What it has gained is kept; the model may have led astray, so once more from here without it.
    if (state.value < before) moveTo(state, state.bestPoint, state.value, state.bestGradient);
    if (state.memory.size === 0) return stationary(state) ? "converged" : "stalled";
    forget(state.memory);
  }
  if (state.f < before) {
    if (stationary(state)) return "converged";
    if (before - state.f <= state.valueTolerance * Math.max(Math.abs(before), Math.abs(state.f), 1)) return "converged";
  }
  return beginSearch(state);
}

/** Whether the first-order conditions hold. */
function stationary({ x, g, bounds, gradientTolerance }: MinimiserState): boolean {
  return projectedGradientNorm(x, g, bounds) <= gradientTolerance;
}

/** The next iterate, and what the step teaches about the curvature. */
function step(state: MinimiserState, point: Float64Array, value: number, gradient: Float64Array): void {
  const { x, g, s, y } = state;
  let curvature = 0;
  let fall = 0;
  for (let i = 0; i < x.length; i++) {
    s[i] = point[i]! - x[i]!;
    y[i] = gradient[i]! - g[i]!;
    curvature += s[i]! * y[i]!;
    fall -= s[i]! * g[i]!;
  }
  // Section 6: the pair is skipped where B would cease to be positive definite.
  if (curvature > EPSILON * fall) remember(state.memory, s, y);
  moveTo(state, point, value, gradient);
}

function moveTo(state: MinimiserState, point: Float64Array, value: number, gradient: Float64Array): void {
  state.x.set(point);
  state.g.set(gradient);
  state.f = value;
}

/** Finds a direction of descent and the first trial along it, or stalls: not even the steepest descent goes down. */
function beginSearch(state: MinimiserState): Minimiser["status"] {
  const { x, g, direction, memory, bounds } = state;
  for (;;) {
    const target = modelMinimiser(state);
    if (target !== null) {
      for (let i = 0; i < x.length; i++) direction[i] = target[i]! - x[i]!;
      const slope = dot(g, direction);
      if (slope < 0 && slope > -Infinity) {
        const longest = longestStep(x, direction, bounds, LONGEST_STEP);
        // Without a model the scale of the step is unknown where no box gives it.
        const first =
          memory.size === 0 && !state.boxed ? Math.min(1 / Math.sqrt(dot(direction, direction)), longest) : Math.min(1, longest);
        begin(state.search, state.f, slope, first, longest);
        state.trials = 0;
        if (placeTrial(state)) return "running";
      }
    }
    if (memory.size === 0) return "stalled";
    forget(memory);
  }
}

/** Where the quadratic model is least, or null where rounding has spoilt the model. */
function modelMinimiser({ x, g, bounds, memory, cauchy, space, unbounded }: MinimiserState): Float64Array | null {
  if (!findCauchyPoint(cauchy, x, g, bounds, memory, unbounded)) return null;
  return minimiseInSubspace(space, cauchy, x, g, bounds, memory) ? space.point : null;
}

/** point = x + step direction. False where that is not another point, or not one at all. */
function placeTrial({ point, x, direction, bounds, search }: MinimiserState): boolean {
  const { lower, upper } = bounds;
  let moved = false;
  for (let i = 0; i < x.length; i++) {
    const trial = x[i]! + search.step * direction[i]!;
    if (!Number.isFinite(trial)) return false;
    // Rounding may lead across a bound.
    const inside = Math.min(Math.max(trial, lower[i]!), upper[i]!);
    moved ||= inside !== x[i];
    point[i] = inside;
  }
  return moved;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function allFinite(a: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (!Number.isFinite(a[i]!)) return false;
  return true;
}

function check(start: Float64Array, { lower, upper }: Bounds): void {
  const n = start.length;
  if (lower.length !== n || upper.length !== n) {
    misuse(
      "bounds",
      `length ${n}, that of the start`,
      `${lower.length} and ${upper.length}`,
      "Use -Infinity and Infinity where there is no bound.",
    );
  }
  for (let i = 0; i < n; i++) {
    if (!(lower[i]! <= upper[i]!))
      misuse(`bounds[${i}]`, "lower <= upper", `${lower[i]} and ${upper[i]}`, "Swap them, or replace the NaN.");
  }
}

function misuse(what: string, expected: string, got: number | string, remedy: string): never {
  throw new RangeError(`lbfgsb ${what}: expected ${expected}, got ${got}. ${remedy}`);
}

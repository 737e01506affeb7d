/**
 * Cropped instances: versions of a test function whose boxes differ by a key, while the function stays the same.
 *
 * Every side of the box moves inwards by a share of a quarter of the width, or of the distance to the nearest minimiser if that is smaller.
 * The key determines the share. All minimisers stay in the box, so the certified optimum still holds. No point from outside the published
 * box comes in: there, Schwefel's function, the egg holder, McCormick's and others are lower than their certified optimum. But an optimum
 * at the centre of the published box always stays in the middle third of the cropped one. `placed.ts` moves the optimum anywhere in the
 * box, for functions that allow it.
 *
 * If the optimum of a function holds on all of R^n, the function may also be rotated about its first minimiser c: f(c + R (x - c)) has the
 * values of f at other points, and c is still a minimiser. The rotation comes first, and then the box is cropped.
 */
import { ConfigError, derive, type Key, type Stream, stream } from "@caviar-hpo/core";
import { boolean, optionReader } from "@caviar-hpo/core/read";
import { type Orthogonal, randomOrthogonal } from "./orthogonal.ts";
import type { TestFunction } from "./testFunction.ts";

/**
 * Makes the instance of `fn` that belongs to `key`.
 *
 * @param options `rotate`: whether to rotate the function too. false by default.
 * @throws ConfigError for an unknown option, for a function that lists no minimiser, and for `rotate` if the domain of the function is
 * "box".
 */
export function instance(fn: TestFunction, key: Key, options: { readonly rotate?: boolean } = {}): TestFunction {
  checkMinimisers(fn);
  const { rotate = false } = readRotation(options);
  const base = rotate ? rotated(fn, randomOrthogonal(fn.bounds.length, derive(key, "rotate"))) : fn;
  return { ...base, id: instanceId(fn, rotate ? "rotated" : "cropped", key), ...cropped(base, derive(key, "crop")) };
}

/** @throws ConfigError for a function that lists no minimiser. */
export function checkMinimisers({ id, minimisers }: { readonly id: string; readonly minimisers: readonly unknown[] }): void {
  if (minimisers.length > 0) return;
  throw new ConfigError({
    code: "noMinimiser",
    what: `an instance of ${id}`,
    expected: "a function that lists a minimiser",
    got: "none",
    remedy: "Use the function without an instance, or add a point that attains its optimum.",
  });
}

/** The id of the instance of a function that belongs to a key. */
export function instanceId({ id }: { readonly id: string }, how: "cropped" | "rotated" | "placed" | "varied", key: Key): string {
  return `${id}-${how}-${key.map((word) => word.toString(16).padStart(8, "0")).join("")}`;
}

const readRotation = optionReader<{ readonly rotate?: boolean }>("instance", { rotate: boolean });

/** f(c + R (x - c)). Minimisers other than c move, out of the box perhaps, and others may come in from outside: no longer complete. */
function rotated(fn: TestFunction, turn: Orthogonal): TestFunction {
  if (fn.domain !== "reals") {
    throw new ConfigError({
      code: "notOnReals",
      what: `a rotation of ${fn.id}`,
      expected: "a function whose optimum holds on all of R^n",
      got: "a function whose optimum is certified only inside its box",
      remedy: "Omit `rotate`.",
    });
  }
  const c = fn.minimisers[0]!;
  const turned = new Float64Array(c.length);
  const evaluate = (x: Float64Array): number => {
    for (let k = 0; k < c.length; k++) turned[k] = x[k]! - c[k]!;
    turn.apply(turned);
    for (let k = 0; k < c.length; k++) turned[k]! += c[k]!;
    return fn.evaluate(turned);
  };
  const minimisers = [c, ...fn.minimisers.slice(1).map((m) => broughtBack(m, c, turn))].filter((m) => contains(fn.bounds, m));
  const { value, tolerance } = fn.optimum;
  return {
    ...fn,
    title: `${fn.title}, rotated`,
    evaluate,
    // A minimiser that was moved is rounded once more, and may reach the optimum a little less closely.
    optimum: { value, tolerance: Math.max(tolerance, ...minimisers.map((m) => evaluate(Float64Array.from(m)) - value)) },
    minimisers,
    minimisersComplete: false,
    tags: fn.tags.filter((tag) => tag !== "separable"),
  };
}

/** c + R^T (m - c): the point that the rotation takes to m. */
function broughtBack(m: readonly number[], c: readonly number[], turn: Orthogonal): readonly number[] {
  const away = Float64Array.from(m, (value, k) => value - c[k]!);
  turn.transpose(away);
  return Array.from(away, (value, k) => value + c[k]!);
}

export function contains(bounds: TestFunction["bounds"], point: readonly number[]): boolean {
  return bounds.every(([low, high], k) => low <= point[k]! && point[k]! <= high);
}

function cropped(fn: TestFunction, key: Key): Pick<TestFunction, "bounds" | "tags"> {
  const draws = stream(key);
  const bounds = fn.bounds.map((range, k) =>
    croppedRange(
      range,
      fn.minimisers.map((m) => m[k]!),
      draws,
    ),
  );
  return { bounds, tags: fn.tags.filter((tag) => tag !== "centred optimum") };
}

/** Both sides of `range` moved inwards by up to a quarter of the width, never past one of `places`; takes two draws. */
export function croppedRange(
  [low, high]: readonly [number, number],
  places: readonly number[],
  draws: Stream,
): readonly [low: number, high: number] {
  const least = Math.min(...places);
  const greatest = Math.max(...places);
  const quarter = (high - low) / 4;
  const fromLow = draws.uniform() * Math.min(quarter, least - low);
  const fromHigh = draws.uniform() * Math.min(quarter, high - greatest);
  return [Math.min(low + fromLow, least), Math.max(high - fromHigh, greatest)];
}

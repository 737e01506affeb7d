/**
 * Placed instances: versions of a test function whose optimum is uniform in the box. They keep a strategy from profiting from the centre of
 * the box, and from any other fixed place.
 *
 * The box stays as published. The function moves inside it: f(m + S (x - t)). Here t is a uniform point of the box, m is one of the
 * minimisers, and S changes the sign of some coordinates. The key determines all three. The minimum is the same, and it is attained at t.
 * Points from outside the published box come in, so the formula and its minimum must hold on all of R^n. The other functions are cropped
 * (`instance.ts`): then the optimum is not uniform. BBOB functions stay as they are, because their instances place the optimum already.
 */
import { derive, type Key, type Stream, stream } from "@caviar-hpo/core";
import { checkMinimisers, contains, instance, instanceId } from "./instance.ts";
import type { TestFunction } from "./testFunction.ts";

/**
 * Makes the placed instance of `fn` that belongs to `key`.
 *
 * @throws ConfigError for a function that lists no minimiser.
 */
export function placed(fn: TestFunction, key: Key): TestFunction {
  switch (placementOf(fn)) {
    case "instance":
      return fn;
    case "cropped":
      return instance(fn, key);
    case "moved":
      return moved(fn, key);
  }
}

/** What `placed` does with a function. "instance": nothing, because the function is one of many instances that differ in the optimum. */
export function placementOf({ domain, isInstance }: TestFunction): "moved" | "cropped" | "instance" {
  if (isInstance === true) return "instance";
  return domain === "reals" ? "moved" : "cropped";
}

function moved(fn: TestFunction, key: Key): TestFunction {
  checkMinimisers(fn);
  const move = drawMove(fn, stream(derive(key, "place")));
  const inner = new Float64Array(fn.bounds.length);
  const evaluate = (x: Float64Array): number => {
    for (let k = 0; k < inner.length; k++) inner[k] = move.from[k]! + move.signs[k]! * (x[k]! - move.to[k]!);
    return fn.evaluate(inner);
  };
  const others = fn.minimisers
    .filter((m) => m !== move.from)
    .map((m) => m.map((v, k) => move.to[k]! + move.signs[k]! * (v - move.from[k]!)));
  const minimisers = [move.to, ...others.filter((m) => contains(fn.bounds, m))];
  const { value, tolerance } = fn.optimum;
  return {
    ...fn,
    id: instanceId(fn, "placed", key),
    evaluate,
    // The other minimisers are rounded once more, and may reach the optimum a little less closely.
    optimum: { value, tolerance: Math.max(tolerance, ...minimisers.map((m) => evaluate(Float64Array.from(m)) - value)) },
    minimisers,
    // Minimisers from outside the published box may have come in.
    minimisersComplete: false,
    tags: fn.tags.filter((tag) => tag !== "centred optimum" && tag !== "boundary optimum"),
  };
}

type Displacement = { readonly from: readonly number[]; readonly to: readonly number[]; readonly signs: readonly number[] };

function drawMove({ bounds, minimisers }: TestFunction, draws: Stream): Displacement {
  const from = minimisers[Math.floor(draws.uniform() * minimisers.length)]!;
  const to = bounds.map(([low, high]) => Math.min(high, low + (high - low) * draws.uniform()));
  return { from, to, signs: bounds.map(() => (draws.uniform() < 0.5 ? -1 : 1)) };
}

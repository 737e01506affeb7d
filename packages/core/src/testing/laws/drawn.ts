/** What several laws use: a space of every kind of parameter, workers, and an order in which jobs end. */
import fc from "fast-check";
import { derive, root } from "../../random/key.ts";
import { stream } from "../../random/stream.ts";
import { choice, given, int, real, type Space } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";

/** Random points of it are never the same. */
export function everydaySpace(conditional: boolean): Space {
  return createSpace({
    rate: real(1e-4, 1, { scale: "log" }),
    width: int(1, 64),
    kind: choice(["a", "b", "c"]),
    dropout: conditional ? given("kind", ["b"], real(0, 0.5, { step: 0.1 })) : real(0, 0.5, { step: 0.1 }),
  });
}

/** Which of the `count` running jobs ends in a turn, for `runCampaign`: drawn by `order`. */
export function pickBy(order: number): (turn: number, count: number) => number {
  return (turn, count) => stream(derive(root(order), "pick", turn)).integer(Math.max(1, count));
}

/** How many workers there are, the `order` in which their jobs end, and whether those that fail do so early. */
export function crews(): fc.Arbitrary<{ readonly workers: number; readonly order: number; readonly early: boolean }> {
  return fc.record({ workers: fc.integer({ min: 1, max: 8 }), order: fc.nat({ max: 1000 }), early: fc.boolean() });
}

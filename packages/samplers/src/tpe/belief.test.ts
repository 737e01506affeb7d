import { believe, choice, createSpace, int, real, root, type Space, stream } from "@caviar-hpo/core";
import { beliefOf } from "@caviar-hpo/core/contract";
import { describe, expect, it } from "vitest";
import { withBelief } from "./belief.ts";
import { groupsOf } from "./groups.ts";
import { parzen } from "./parzen.ts";

const space: Space = believe(createSpace({ x: real(0, 1), n: int(1, 9), m: int(1, 64, { scale: "log" }), kind: choice(["a", "b", "c"]) }), {
  params: { x: { near: 0.8, sd: 0.1 }, n: { near: 2 }, m: { near: 8, sd: 0.15 }, kind: { weights: [0, 1, 3] } },
});
const density = beliefOf(space)!;
const groups = groupsOf(space, false);
const nothing = { data: new Float64Array(0), count: 0 };

describe.each(groups.map((group) => [space.params[group.params[0]!]![0], group] as const))("the belief about %s", (_, group) => {
  const [axis] = group.axes;
  const mixed = withBelief(parzen(group.axes, nothing), group, { density, share: 0.75 });
  const drawn = mixed.sample(20_000, stream(root("tpe belief")));

  it("is part of a density: draws of a value are as many as the density says", () => {
    const cells = 20;
    const values = axis!.kind === "interval" ? Array.from({ length: cells }, (_, cell) => (cell + 0.5) / cells) : [...new Set(drawn.data)];
    const masses = mixed.logDensity({ data: Float64Array.from(values), count: values.length }).map((one) => Math.exp(one));
    const scale = axis!.kind === "interval" ? 1 / cells : 1;
    values.forEach((value, index) => {
      const hits = drawn.data.filter((one) => (axis!.kind === "interval" ? Math.abs(one - value) <= 0.5 / cells : one === value)).length;
      expect(Math.abs(hits / drawn.count - masses[index]! * scale)).toBeLessThan(0.02);
    });
  });
});

it("without a belief about a group, its density stays as it is", () => {
  const [group] = groupsOf(createSpace({ x: real(0, 1) }), true);
  const plain = parzen(group!.axes, nothing);
  expect(withBelief(plain, group!, null)).toBe(plain);
});

it("two parts without mass at a value have none together", () => {
  const strict = believe(createSpace({ kind: choice(["a", "b"]) }), { params: { kind: { weights: [0, 1] } } });
  const [group] = groupsOf(strict, true);
  const mixed = withBelief(parzen(group!.axes, nothing), group!, { density: beliefOf(strict)!, share: 0.5 });
  expect(Math.exp(mixed.logDensity({ data: Float64Array.of(0, 1), count: 2 })[0]!)).toBeCloseTo(0.25, 12);
});

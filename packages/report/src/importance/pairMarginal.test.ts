import { choice, createSpace, decode, derive, real, root, stream } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { predictForest } from "./forest.ts";
import { learn } from "./importance.ts";
import { cellsOf, pairMarginal } from "./pairMarginal.ts";

const space = createSpace({ x: real(0, 1), option: choice(["a", "b", "c"]), y: real(0, 1) });
const observations = Array.from({ length: 40 }, (_, index) => {
  const source = stream(derive(root("pair"), index));
  const config = decode(space, Float64Array.from({ length: 3 }, source.uniform));
  return { config, value: (config.x as number) + (config.option === "b" ? 2 : 0) * (config.y as number) };
});

it("the marginal of two parameters is the mean of the forest over the third one", () => {
  const learned = learn(space, observations, { key: root(1), trees: 4 });
  const found = pairMarginal(learned, 0, 1, 5);
  const columns = cellsOf(learned.sample.axes[0]!, 5);
  expect(found.length).toBe(5 * 3);
  const fine = 4000;
  for (let option = 0; option < 3; option++)
    columns.forEach((x, column) => {
      let sum = 0;
      for (let step = 0; step < fine; step++)
        sum += predictForest(learned.forest, Float64Array.of(x, option, (step + 0.5) / fine)) * learned.sample.unit;
      expect(found[option * 5 + column]).toBeCloseTo(sum / fine, 2);
    });
});

it("the order of the two parameters only turns the table", () => {
  const learned = learn(space, observations, { key: root(1), trees: 4 });
  const [one, other] = [pairMarginal(learned, 0, 2, 6), pairMarginal(learned, 2, 0, 6)];
  for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) expect(one[i * 6 + j]).toBeCloseTo(other[j * 6 + i]!, 12);
});

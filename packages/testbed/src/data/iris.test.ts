import { expect, it } from "vitest";
import { loadIris } from "./iris.ts";

it("the irises are Fisher's: fifty of each species, with the means he printed", async () => {
  const { n, d, inputs, labels } = await loadIris();
  expect([n, d, inputs.length, labels.length]).toEqual([150, 4, 600, 150]);
  const means = [0, 1, 2].map((species) =>
    [0, 1, 2, 3].map((column) => {
      const values = [...labels.keys()].filter((row) => labels[row] === species).map((row) => inputs[row * 4 + column]!);
      expect(values.length).toBe(50);
      return Number((values.reduce((sum, value) => sum + value, 0) / 50).toFixed(3));
    }),
  );
  // R. A. Fisher (1936), table II: setosa, versicolor, virginica.
  expect(means).toEqual([
    [5.006, 3.428, 1.462, 0.246],
    [5.936, 2.77, 4.26, 1.326],
    [6.588, 2.974, 5.552, 2.026],
  ]);
});

/** A search in a flat basin leaves it. The function is `plateaus` of @caviar-hpo/objectives. */
import { type Config, choice, int, real } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { open, run } from "../testing/studies.ts";

const shape = {
  degree: int(1, 3),
  alpha: real(1e-4, 10, { scale: "log" }),
  l1: real(0, 1),
  scale: choice(["standard", "robust", "quantile", "none"]),
  power: choice([true, false]),
};

function plateaus({ degree, alpha, l1, scale }: Config): number {
  const strength = Math.log10(alpha as number) - 0.5 * (l1 as number);
  const quantile = scale === "quantile";
  if (degree === 1) return (quantile ? 0.514 : 0.5104) + 0.00006 * (strength + 2.4) ** 2 + 0.12 * Math.max(0, strength + 0.5) ** 2;
  if (degree === 2) return (quantile ? 0.502 : 0.524) + 0.012 * (strength + 0.5) ** 2 * (strength > -0.5 ? 4 : 0.5);
  return (quantile ? 0.508 : 0.548) + (quantile ? 0.02 : 0.07) * strength ** 2;
}

it("the median of three searches that find a flat basin at 0.5104 first is below 0.5036 after 40 trials", () => {
  const values = seeds.map((seed) => {
    const { history } = run(open(shape, { seed }), 40, plateaus);
    return Math.min(...history.trials.map(({ curve }) => curve[0]!.values[0]!));
  });
  expect(values.sort((a, b) => a - b)[1]).toBeLessThan(0.5036);
});

/** Without cautious asks, all three stay at 0.5104 up to 50 trials. */
const seeds = [1, 4, 5];

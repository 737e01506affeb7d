/**
 * Func2C and Func3C: categories choose which functions of two real coordinates are summed. B. Ru, A. S. Alvi, V. Nguyen, M. A. Osborne and
 * S. J. Roberts, "Bayesian optimisation over multiple continuous and categorical inputs" (CoCaBO, 2020). The paper does not define all
 * details. According to its code, the coordinates are doubled, Rosenbrock's function is divided by 300, the six-hump camel by 10, and
 * Beale's function by 50. The noise of up to 1e-6 in that code is omitted here.
 *
 * Several categories stand for the same term (three of them for Beale's function). Only the camel is ever below 0. So the minimum is that
 * of the camel, times the largest weight that the categories can give it. It is attained only if every category chooses the camel.
 */
import { type Choice, type Config, checkConfig, choice, createSpace, real } from "@caviar-hpo/core";
import { beale } from "../classical/beale.ts";
import { rosenbrock } from "../classical/rosenbrock.ts";
import { sixHumpCamel } from "../classical/sixHumpCamel.ts";
import type { MixedFunction } from "./mixedFunction.ts";

/** Two categories (3 x 5 combinations) and two coordinates on [-1, 1]^2. The minimum is -0.20633. */
export function func2C(): MixedFunction {
  return categoricalSum("func2c", "Func2C", [first, second]);
}

/** Three categories (3 x 5 x 4 combinations) and two coordinates on [-1, 1]^2. The minimum is -0.72214. */
export function func3C(): MixedFunction {
  return categoricalSum("func3c", "Func3C", [first, second, third]);
}

/** What a category adds: `weight` times one of the three functions, scaled. */
type Term = { readonly name: string; readonly weight: number; readonly of: Summand };
type Summand = "rosenbrock" | "camel" | "beale";

const evaluators: { readonly [name in Summand]: (z: Float64Array) => number } = {
  rosenbrock: rosenbrock(2).evaluate,
  camel: sixHumpCamel().evaluate,
  beale: beale().evaluate,
};
const divisors: { readonly [name in Summand]: number } = { rosenbrock: 300, camel: 10, beale: 50 };

const first: readonly Term[] = [plain("rosenbrock"), plain("camel"), plain("beale")];
const second: readonly Term[] = [...first, { ...plain("beale"), name: "beale again" }, { ...plain("beale"), name: "beale once more" }];
const third: readonly Term[] = [
  { name: "5 camel", weight: 5, of: "camel" },
  { name: "2 rosenbrock", weight: 2, of: "rosenbrock" },
  { name: "2 beale", weight: 2, of: "beale" },
  { name: "3 beale", weight: 3, of: "beale" },
];

function plain(name: Summand): Term {
  return { name, weight: 1, of: name };
}

function categoricalSum(id: string, title: string, categories: readonly (readonly Term[])[]): MixedFunction {
  const pick = categories.map((terms, k): readonly [string, Choice] => [`h${k + 1}`, choice(terms.map(({ name }) => name))]);
  const space = createSpace([...pick, ["x1", real(-1, 1)], ["x2", real(-1, 1)]]);
  const z = new Float64Array(2);
  const evaluate = (given: Config): number => {
    const config = checkConfig(space, given);
    z[0] = 2 * (config.x1 as number);
    z[1] = 2 * (config.x2 as number);
    let total = 0;
    categories.forEach((terms, k) => {
      const { weight, of } = terms.find(({ name }) => name === config[`h${k + 1}`])!;
      total += (weight * evaluators[of](z)) / divisors[of];
    });
    return total;
  };
  const deepest = categories.map((terms) => terms.find(({ of }) => of === "camel")!);
  const camel = sixHumpCamel();
  const weight = deepest.reduce((sum, term) => sum + term.weight, 0);
  return {
    id,
    title,
    space,
    evaluate,
    optimum: { value: (weight * camel.optimum.value) / divisors.camel, tolerance: 1e-14 },
    minimisers: camel.minimisers.map(([a, b]) => ({
      ...Object.fromEntries(deepest.map(({ name }, k) => [`h${k + 1}`, name])),
      x1: a! / 2,
      x2: b! / 2,
    })),
    minimisersComplete: true,
    source: "Ru, Alvi, Nguyen, Osborne & Roberts 2020",
  };
}

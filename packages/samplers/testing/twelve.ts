/**
 * The twelve problems on which TPE is compared with Optuna's: smooth and rugged, of 2 to 10 parameters, with log scales, integers, steps,
 * choices and conditions. Their optima are known, and lie off the centre. Formulas: Surjanovic and Bingham, Virtual Library of Simulation
 * Experiments; the tree is after Jenatton et al., ICML 2017, the sum of choice and real after Ru et al., ICML 2020.
 */
import { type Config, choice, createSpace, given, int, type Param, real, type Space } from "@caviar-hpo/core";

export type Minimised = {
  readonly name: string;
  readonly space: Space;
  readonly minimum: number;
  readonly value: (config: Config) => number;
};

const box = (dimensions: number, low: number, high: number): Space =>
  createSpace(Array.from({ length: dimensions }, (_, index): readonly [string, Param] => [`x${index}`, real(low, high)]));
const reals = (config: Config): readonly number[] => Object.values(config) as number[];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const number = (config: Config, name: string): number => config[name] as number;

function branin(x: number, y: number): number {
  const a = y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6;
  return a ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
}

const hartmannA = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const hartmannP = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

function hartmann6(x: readonly number[]): number {
  return -sum([1, 1.2, 3, 3.2].map((c, i) => c * Math.exp(-sum(x.map((xj, j) => hartmannA[i]![j]! * (xj - hartmannP[i]![j]!) ** 2)))));
}

function levy(x: readonly number[]): number {
  const w = x.map((xi) => 1 + (xi - 1) / 4);
  const last = w.at(-1)!;
  const middle = w.slice(0, -1).map((wi) => (wi - 1) ** 2 * (1 + 10 * Math.sin(Math.PI * wi + 1) ** 2));
  return Math.sin(Math.PI * w[0]!) ** 2 + sum(middle) + (last - 1) ** 2 * (1 + Math.sin(2 * Math.PI * last) ** 2);
}

function ackley(x: readonly number[]): number {
  const squares = sum(x.map((xi) => xi ** 2)) / x.length;
  const cosines = sum(x.map((xi) => Math.cos(2 * Math.PI * xi))) / x.length;
  return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(cosines) + 20 + Math.E;
}

const shifted = (config: Config, shift: number): readonly number[] =>
  reals(config).map((x, index) => x - shift * (index % 2 === 0 ? 1 : -1));
const bowl = (x: number, centre: number): number => (x - centre) ** 2;

export const twelve: readonly Minimised[] = [
  {
    name: "Branin",
    space: createSpace({ x: real(-5, 10), y: real(0, 15) }),
    minimum: 0.39788735772973816,
    value: (config) => branin(number(config, "x"), number(config, "y")),
  },
  { name: "Hartmann 6", space: box(6, 0, 1), minimum: -3.322368011415515, value: (config) => hartmann6(reals(config)) },
  { name: "Ackley 5", space: box(5, -10, 10), minimum: 0, value: (config) => ackley(shifted(config, 3.3)) },
  {
    name: "Rosenbrock 4",
    space: box(4, -2, 3),
    minimum: 0,
    value: (config) => {
      const x = reals(config);
      return sum(x.slice(1).map((next, i) => 100 * (next - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2));
    },
  },
  {
    name: "Rastrigin 4",
    space: box(4, -5, 5),
    minimum: 0,
    value: (config) => sum(shifted(config, 1.7).map((x) => x ** 2 - 10 * Math.cos(2 * Math.PI * x) + 10)),
  },
  { name: "Levy 5", space: box(5, -10, 10), minimum: 0, value: (config) => levy(reals(config)) },
  {
    name: "Styblinski-Tang 5",
    space: box(5, -5, 5),
    minimum: 5 * -39.16616570377142,
    value: (config) => sum(reals(config).map((x) => x ** 4 - 16 * x ** 2 + 5 * x)) / 2,
  },
  { name: "sphere 10", space: box(10, -5, 5), minimum: 0, value: (config) => sum(shifted(config, 1.3).map((x) => x ** 2)) },
  {
    name: "bowl on log scales",
    space: createSpace({
      rate: real(1e-5, 1, { scale: "log" }),
      decay: real(1e-8, 1e-1, { scale: "log" }),
      units: int(4, 1024, { scale: "log" }),
      momentum: real(0, 1),
    }),
    minimum: 0,
    value: (config) =>
      bowl(Math.log10(number(config, "rate")), -2.5) +
      bowl(Math.log10(number(config, "decay")), -6) / 2 +
      bowl(Math.log2(number(config, "units")), 7) / 4 +
      4 * bowl(number(config, "momentum"), 0.9),
  },
  {
    name: "integers and steps",
    space: createSpace({
      a: int(0, 100),
      b: int(-20, 20, { step: 5 }),
      c: real(0, 2, { step: 0.25 }),
      d: int(1, 9),
      e: real(-3, 3),
    }),
    minimum: 0,
    value: (config) =>
      bowl(number(config, "a") / 20, 31 / 20) +
      bowl(number(config, "b") / 5, 2) +
      bowl(number(config, "c"), 1.5) +
      bowl(number(config, "d"), 3) * (1 + bowl(number(config, "c"), 1.5)) +
      bowl(number(config, "e"), 1),
  },
  {
    name: "two choices and two reals",
    space: createSpace({
      h1: choice(["sine", "bowl", "branin"]),
      h2: choice(["plain", "steep", "shifted", "turned", "flat"]),
      x: real(-1, 1),
      y: real(-1, 1),
    }),
    minimum: 0,
    value: (config) => {
      const x = number(config, "x");
      const y = number(config, "y");
      const outer = {
        sine: 1 + Math.sin(4 * x) * Math.cos(3 * y),
        bowl: bowl(x, 0.5) + bowl(y, -0.4),
        branin: (branin(5 * x + 5, 7 * y + 7) - 0.39788735772973816) / 50 + 0.1,
      }[config.h1 as "sine" | "bowl" | "branin"];
      return (
        outer +
        { plain: 0.5, steep: 2 * Math.abs(x - 0.5), shifted: 0.2 + bowl(x, 0), turned: 0.3 + Math.abs(x + y), flat: 1 }[
          config.h2 as "plain" | "steep" | "shifted" | "turned" | "flat"
        ]
      );
    },
  },
  {
    name: "a tree of conditions",
    space: createSpace({
      x1: choice([0, 1]),
      x2: given("x1", [0], choice([0, 1])),
      x3: given("x1", [1], choice([0, 1])),
      x4: given("x2", [0], real(-1, 1)),
      x5: given("x2", [1], real(-1, 1)),
      x6: given("x3", [0], real(-1, 1)),
      x7: given("x3", [1], real(-1, 1)),
      r8: given("x1", [0], real(0, 1)),
      r9: given("x1", [1], real(0, 1)),
    }),
    minimum: 0.1,
    value: (config) => {
      const leaf = (["x4", "x5", "x6", "x7"] as const).find((name) => Object.hasOwn(config, name))!;
      const lift = { x4: 0.1, x5: 0.2, x6: 0.3, x7: 0.4 }[leaf];
      return bowl(number(config, leaf), 0.35) + lift + bowl(config.x1 === 0 ? number(config, "r8") : number(config, "r9"), 0.2);
    },
  },
];

/**
 * The statistical properties turn red: samplers with one planted bug each, and the property that finds it. Honest samplers have them all,
 * and are refused no more often than is stated.
 */
import { describe, expect, it } from "vitest";
import { ProtocolError } from "../contract/errors.ts";
import { sameJson } from "../contract/sameJson.ts";
import type { Sampler } from "../contract/sampler.ts";
import { type SamplerCard, samplerCard } from "../contract/samplerCard.ts";
import type { Context } from "../contract/strategy.ts";
import { type Tried, triedIn } from "../contract/tried.ts";
import { derive, type Key, root } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import { uniformConfig } from "../random/uniform.ts";
import { decode } from "../space/codec.ts";
import { type Config, choice, int, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { cardLawNames } from "./cardLaws.ts";
import { checkSampler } from "./checkSampler.ts";
import { lawNames } from "./laws.ts";
import { cardOf, latinUnit, type PointAt, sobolUnit, uniformUnit, unitPoints, withValues } from "./planted.fixture.ts";
import type { Draw } from "./properties/draw.ts";
import { independentParameters, independentSeeds } from "./properties/independence.ts";
import { marginals, marginalsOverSeeds } from "./properties/marginals.ts";
import { samplerPropertyNames } from "./properties/names.ts";
import { untriedFirst } from "./properties/untriedFirst.ts";
import type { Verdict } from "./properties/verdict.ts";
import { type SamplerClaims, samplerLaws } from "./samplerLaws.ts";

const claims: SamplerClaims = { strata: [32, 32], net: { t: 0, m: 5, s: 2 } };
const fixed: Key = [1, 2, 3, 4];
const [distinct, untried, byScale, byScaleOverSeeds, parameters, seeds, strata, net] = samplerPropertyNames;

/** Only the statistical properties run, not the laws of cards. */
function failuresOf(pointAt: PointAt, claimed: SamplerClaims = {}): readonly string[] {
  const laws = samplerLaws(cardOf(pointAt), claimed).filter(({ name }) => (samplerPropertyNames as readonly string[]).includes(name));
  return laws.flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return [`${name}: ${error.got}`];
    }
  });
}

type Bug = {
  readonly bug: string;
  /** All properties that find it. */
  readonly finds: readonly (typeof samplerPropertyNames)[number][];
  /** In the first of them. */
  readonly says: RegExp;
  readonly claimed?: SamplerClaims;
  readonly pointAt: PointAt;
};

const twice = (unit: Float64Array): Float64Array => unit.map((_, axis) => unit[Math.max(0, axis - 1)]!);

const bugs: readonly Bug[] = [
  {
    bug: "ignores the scale of a parameter",
    finds: [byScale, byScaleOverSeeds, seeds],
    says: /^rate: \d+\.\d % of 1024 values are below [\d.]+, where its scale has \d+\.\d % \(Kolmogorov-Smirnov/,
    pointAt: (space, key, index) => {
      const unit = uniformUnit(space.dims, key, index);
      const config = { ...decode(space, unit) };
      space.params.forEach(([name, param], axis) => {
        if (param.kind === "real" && param.scale === "log") config[name] = param.low + unit[axis]! * (param.high - param.low);
      });
      return config;
    },
  },
  {
    bug: "takes a reverse-log scale for a log scale",
    finds: [byScale, byScaleOverSeeds, seeds],
    says: /^threshold: /,
    pointAt: withValues((value, param) =>
      param.kind === "real" && param.scale === "mirroredLog" ? param.low + param.high - Number(value) : value,
    ),
  },
  {
    bug: "never draws the last value of an integer",
    finds: [byScale, byScaleOverSeeds],
    says: /layers: 0 of 1024 values are 8, where its scale has 128 \(chi-square/,
    pointAt: withValues((value, param) => (param.kind === "int" && param.scale === "linear" && value === param.high ? param.low : value)),
  },
  {
    bug: "draws the values of a stepped real by rounding, the ends half as often",
    finds: [byScale, byScaleOverSeeds],
    says: /dropout: \d+ of 1024 values are 0(\.5)?, where its scale has 93/,
    pointAt: (space, key, index) => {
      const unit = uniformUnit(space.dims, key, index);
      const config = { ...decode(space, unit) };
      space.params.forEach(([name, param], axis) => {
        if (param.kind !== "real" || param.step === undefined) return;
        const cell = Math.round(unit[axis]! * 10);
        config[name] = decode(
          space,
          unit.map(() => (cell + 0.5) / 11),
        )[name]!;
      });
      return config;
    },
  },
  {
    bug: "never draws one category",
    finds: [byScale, byScaleOverSeeds],
    says: /optimizer: 0 of 1024 values are "adam"/,
    pointAt: withValues((value) => (value === "adam" ? "rmsprop" : value)),
  },
  {
    bug: "draws integers on a log scale evenly",
    finds: [byScale, byScaleOverSeeds],
    says: /heads: \d+ of 1024 values are 6, where its scale has 81/,
    pointAt: (space, key, index) => {
      const config = { ...decode(space, uniformUnit(space.dims, key, index)) };
      for (const [name, param] of space.params)
        if (param.kind === "int" && param.scale === "log")
          config[name] = param.low + stream(derive(key, index, name)).integer(param.high - param.low + 1);
      return config;
    },
  },
  {
    bug: "stays in one half of the space after its hundredth point",
    finds: [byScale],
    says: /position: /,
    pointAt: unitPoints((dims, key, index) => uniformUnit(dims, key, index).map((u) => (index < 100 ? u : u / 2))),
  },
  {
    bug: "gives a point of the batch again",
    finds: [distinct],
    says: /^points: 32 of 64 repeat an earlier one; point 1 is point 0$/,
    pointAt: unitPoints((dims, key, index) => uniformUnit(dims, key, Math.floor(index / 2))),
  },
  {
    bug: "begins every sequence with the middle of the space",
    finds: [byScaleOverSeeds, parameters, seeds],
    says: /position: /,
    pointAt: unitPoints((dims, key, index) => (index === 0 ? new Float64Array(dims).fill(0.5) : uniformUnit(dims, key, index))),
  },
  {
    bug: "scrambles only the later digits",
    finds: [byScaleOverSeeds, parameters, seeds],
    says: /position: /,
    claimed: claims,
    pointAt: unitPoints(sobolUnit((key, axis) => stream(derive(key, axis)).uniform() / 16)),
  },
  {
    bug: "scrambles every axis alike",
    finds: [parameters],
    says: /position and rate: /,
    claimed: claims,
    pointAt: unitPoints(sobolUnit((key) => stream(derive(key, "shift")).uniform())),
  },
  {
    bug: "draws two parameters with one number",
    finds: [parameters],
    says: /position and rate: they rise together \(correlation 1/,
    pointAt: unitPoints((dims, key, index) => twice(uniformUnit(dims, key, index))),
  },
  {
    bug: "draws a number that is another one plus a third, modulo 1",
    finds: [parameters],
    says: /position and rate: in units of the scales, 100\.0 % of their differences modulo 1 are at most 0\.333/,
    pointAt: unitPoints((dims, key, index) => {
      const unit = uniformUnit(dims, key, index);
      unit[1] = (unit[0]! + 2 / 3) % 1;
      return unit;
    }),
  },
  {
    bug: "ignores its seed",
    finds: [byScaleOverSeeds, parameters, seeds],
    says: /position: /,
    pointAt: unitPoints((dims, _key, index) => uniformUnit(dims, fixed, index)),
  },
  {
    bug: "uses eight bits of its key",
    finds: [seeds],
    says: /^points: \d of 512 pairs of seeds give the same point/,
    pointAt: unitPoints((dims, key, index) => uniformUnit(dims, [key[0] & 255, 0, 0, 0], index)),
  },
  {
    bug: "misses a stratum",
    finds: [strata],
    says: /^axis 0, seed \d: 1 of 32 strata have no point, the first of them \[31\/32, 32\/32\)/,
    claimed: { strata: [32, 32], uniform: false },
    pointAt: unitPoints((dims, key, index) => latinUnit(32)(dims, key, index).map((u) => (u >= 31 / 32 ? u - 1 / 32 : u))),
  },
  {
    bug: "shuffles the second axis of a net",
    finds: [net],
    says: /^seed \d: the first 32 points are a \([1-5], 5, 2\)-net, not a \(0, 5, 2\)-net/,
    claimed: { ...claims, uniform: false },
    pointAt: unitPoints((dims, key, index) => {
      const [sobol, latin] = [sobolUnit()(dims, key, index), latinUnit(32)(dims, key, index)];
      sobol[1] = latin[1]!;
      return sobol;
    }),
  },
];

describe("a sampler that", () => {
  it.each(bugs)("$bug is found by: $finds.0", ({ finds, says, claimed, pointAt }) => {
    const failures = failuresOf(pointAt, claimed);
    expect(failures.map((failure) => failure.slice(0, failure.indexOf(":")))).toEqual(finds);
    expect(failures[0]!.slice(finds[0]!.length + 2)).toMatch(says);
  });

  it.each([
    ["independent uniform points", unitPoints(uniformUnit), {}],
    ["Latin hypercubes of 32 points", unitPoints(latinUnit(32)), { strata: [32, 32, 32] }],
    ["a net of two dimensions, shifted by digits", unitPoints(sobolUnit()), claims],
  ] as const)("gives %s has every property that it claims", (_name, pointAt, claimed) => {
    expect(failuresOf(pointAt, claimed)).toEqual([]);
  });
});

it("every property has a planted bug that it finds", () => {
  expect(new Set([...bugs.flatMap(({ finds }) => finds), untried])).toEqual(new Set(samplerPropertyNames));
});

it("a sampler whose seeds are shifted copies of each other is found by the differences of its seeds", () => {
  const draw: Draw = (space, seed, count) =>
    Array.from({ length: count }, (_, index) => {
      const unit = uniformUnit(space.dims, root(Math.floor(seed / 2)), index);
      return decode(
        space,
        unit.map((u) => (u + 0.25 * (seed % 2)) % 1),
      );
    });
  const verdict = independentSeeds(draw, { space: createSpace({ x: real(0, 1) }), seed: 2 });
  expect(verdict.message).toMatch(/^x: in units of the scales, 0\.0 % of their differences modulo 1 are below 0\.75/);
  expect(verdict.tests.find(({ name }) => name === "count")).toMatchObject({ p: 1 });
});

describe("a sampler that adapts", () => {
  /** It takes the first of `draws` uniform points that `isTried` lets pass; the values that it is told make no difference here. */
  const adapting = (draws: number, isTried: (tried: Tried, context: Context, config: Config) => boolean) =>
    samplerCard({
      ...cardOf(unitPoints(uniformUnit)),
      adaptive: true,
      sampler: (): Sampler<{ readonly key: Key; index: number }> => ({
        name: "planted",
        version: 1,
        can: { conditional: true, objectives: 1, constraints: true, external: true },
        init: (_problem, key) => ({ key, index: 0 }),
        suggest: (state, context) => {
          const tried = triedIn(context);
          const draw = (): Config => uniformConfig(context.problem.space, derive(state.key, state.index++));
          let config = draw();
          for (let drawn = 1; drawn < draws && isTried(tried, context, config); drawn++) config = draw();
          return { config };
        },
        tell: () => {},
      }),
    });
  const finding = (card: SamplerCard): string => untriedFirst(card).message;

  it("and looks at everything that was tried or is pending, repeats nothing while other points are left", () => {
    expect(finding(adapting(10_000, (tried, _context, config) => tried.has(config)))).toBe("9 tests pass");
  });

  it.each<readonly [string, SamplerCard]>([
    ["looks at nothing", adapting(1, () => false)],
    ["gives up after a few draws", adapting(3, (tried, _context, config) => tried.has(config))],
    [
      "forgets what is pending",
      adapting(10_000, (tried, { history }, config) => {
        const running = history.trials.some((trial) => trial.status === "running" && sameJson(trial.config, config));
        return !running && tried.has(config);
      }),
    ],
    [
      "forgets what came from elsewhere",
      adapting(10_000, (tried, { history }, config) => !sameJson(history.trials[0]!.config, config) && tried.has(config)),
    ],
  ])("and %s is found", (_name, card) => {
    expect(finding(card)).toMatch(/\d+ of \d+ trials repeat an earlier one while others are left/);
    const law = samplerLaws(card, { uniform: false }).find(({ name }) => name === untried)!;
    expect(law.run).toThrow("expected that it repeats no point of a finite space while others are left");
  });
});

describe("the rate of false alarms", () => {
  const space = createSpace({ rate: real(1e-4, 1, { scale: "log" }), layers: int(1, 4), kind: choice(["a", "b", "c"]) });
  const honest: Draw = (drawnFrom, seed, count) =>
    Array.from({ length: count }, (_, index) => uniformConfig(drawnFrom, derive(fixed, seed, index)));
  const runs = 400;
  const rate = 0.05;

  it.each([
    ["marginals", marginals],
    ["marginalsOverSeeds", marginalsOverSeeds],
    ["independentParameters", independentParameters],
    ["independentSeeds", independentSeeds],
  ] as const)("of %s is the stated one: 400 runs at 5 %", (_name, judge: (draw: Draw, options: object) => Verdict) => {
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      if (!judge(honest, { space, points: 200, seed: 1000 * run, falseAlarmRate: rate }).passed) alarms++;
    }
    expect(binomialTail(alarms, runs, rate)).toBeGreaterThan(0.001);
    expect(1 - binomialTail(alarms + 1, runs, rate)).toBeGreaterThan(0.001);
  });
});

/** P(X >= k) of a binomial X. */
function binomialTail(k: number, n: number, probability: number): number {
  let mass = 1;
  for (let i = 0; i < n; i++) mass *= 1 - probability;
  let below = 0;
  for (let i = 0; i < k; i++) {
    below += mass;
    mass *= ((n - i) / (i + 1)) * (probability / (1 - probability));
  }
  return 1 - below;
}

describe("one call", () => {
  it("holds a card to the laws of cards and to what it claims", () => {
    const all = samplerLaws(cardOf(unitPoints(uniformUnit)), claims).map(({ name }) => name);
    expect(all).toEqual([...lawNames, ...cardLawNames, ...samplerPropertyNames.filter((name) => name !== untried)]);
    const plain = samplerLaws(cardOf(unitPoints(uniformUnit)), { uniform: false }).map(({ name }) => name);
    expect(plain).toEqual([...lawNames, ...cardLawNames, distinct]);
  });

  it("reports what failed to a script without a test runner", () => {
    const same = cardOf(unitPoints((dims) => new Float64Array(dims).fill(0.25)));
    const { passed, results, failures } = checkSampler(same, { runs: 0.05, uniform: false });
    expect(passed).toBe(false);
    expect(results.length).toBe(lawNames.length + cardLawNames.length + 1);
    expect(failures.at(-1)).toEqual({ law: distinct, finding: "points: 63 of 64 repeat an earlier one; point 1 is point 0" });
    expect(checkSampler(cardOf(unitPoints(uniformUnit)), { runs: 0.05 })).toMatchObject({ passed: true, failures: [] });
  });

  it("a case that is to be reproduced is the only one that runs", () => {
    const reproduce = { law: lawNames[2], seed: 1, path: "0" };
    expect(samplerLaws(cardOf(unitPoints(uniformUnit)), { reproduce }).map(({ name }) => name)).toEqual([lawNames[2]]);
  });
});

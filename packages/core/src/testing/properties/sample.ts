/** The points that the statistical properties test: those of one seed, or one point for each of many seeds. */
import { ConfigError, ProtocolError } from "../../contract/errors.ts";
import { anything } from "../../read/decode.ts";
import { optionReader } from "../../read/record.ts";
import { type Config, choice, given, int, type Param, real, type Space } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import { inSpace } from "../legal.ts";
import type { Draw } from "./draw.ts";

export type SampleOptions = {
  /** The space. By default `everyScale`, which has parameters of every kind and scale. */
  readonly space?: Space;
  /**
   * How many points each property sees: a whole number, at least 100; 1024 by default. A property over seeds takes them from that many
   * studies.
   */
  readonly points?: number;
  /** The first seed: a whole number; 1 by default. Properties over seeds also use the seeds after it. */
  readonly seed?: number;
  /** The share of correct samplers that fail: between 0 and 1, both excluded; 0.001 by default. */
  readonly falseAlarmRate?: number;
};

/** The options in full. */
export type SamplePlan = Required<SampleOptions>;

/** The options as they were given. @throws ConfigError for a name that is not one of theirs. */
export const readSampleOptions: (given: SampleOptions) => SampleOptions = optionReader<SampleOptions>("the property", {
  space: anything,
  points: anything,
  seed: anything,
  falseAlarmRate: anything,
});

/**
 * @throws ConfigError for options out of range: with fewer points, there would be properties without a test, which hold for every sampler.
 */
export function sampleOf(options: SampleOptions): SamplePlan {
  const plan = { space: everyScale, points: 1024, seed: 1, falseAlarmRate: 0.001, ...readSampleOptions(options) };
  const { points, seed, falseAlarmRate } = plan;
  if (!(Number.isInteger(points) && points >= 100)) refuse("points", "a whole number of at least 100", points);
  if (!Number.isInteger(seed)) refuse("seed", "a whole number", seed);
  if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) refuse("falseAlarmRate", "a number between 0 and 1, both excluded", falseAlarmRate);
  return plan;
}

/** @throws ConfigError that names the option. */
export function refuse(option: string, expected: string, got: unknown): never {
  throw new ConfigError({
    code: "badOption",
    what: `option ${option}`,
    expected,
    got: String(got),
    remedy: "Leave it out, or correct it.",
  });
}

/**
 * A space with parameters of every kind and scale, one of them conditional. Each value of a parameter that is tested by counts has a
 * probability above 1/20.
 */
export const everyScale: Space = everyScaleWith({ conditional: true });

export function everyScaleWith({ conditional }: { readonly conditional: boolean }): Space {
  const share = real(0, 1);
  return createSpace({
    position: real(-5, 10),
    rate: real(1e-4, 1, { scale: "log" }),
    threshold: real(1, 1000, { scale: "mirroredLog" }),
    momentum: real(0.5, 0.999, { scale: "oneMinusLog" }),
    dropout: real(0, 0.5, { step: 0.05 }),
    layers: int(1, 8),
    kernelSize: int(3, 11, { step: 2 }),
    heads: int(1, 6, { scale: "log" }),
    optimizer: choice(["sgd", "adam", "rmsprop"]),
    batchSize: choice([16, 32, 64, 128], { ordered: true }),
    nesterov: (conditional ? given("optimizer", ["sgd"], share) : share) as Param,
  });
}

/** The first points of one seed. */
export function pointsOfOneSeed(draw: Draw, { space, points, seed }: SamplePlan): readonly Config[] {
  return drawn(draw, space, seed, points);
}

/**
 * One point for each of `points` seeds: the first, second, third or fourth of its seed, in turn and the same for two neighbouring seeds.
 * Points of different seeds are independent, whatever the sampler does among the points of one.
 */
export function pointsOverSeeds(draw: Draw, { space, points, seed }: SamplePlan): readonly Config[] {
  return Array.from({ length: points }, (_, index) => {
    const place = Math.floor(index / 2) % 4;
    return drawn(draw, space, seed + index, place + 1)[place]!;
  });
}

/** @throws ProtocolError for points that do not lie in the space, and for other than `count` points. */
export function drawn(draw: Draw, space: Space, seed: number, count: number): readonly Config[] {
  const configs = draw(space, seed, count);
  const stray = configs.find((config) => !inSpace(space, config));
  if (configs.length === count && stray === undefined) return configs;
  throw new ProtocolError({
    code: "badDraw",
    what: `the points of seed ${seed}`,
    expected: `${count} configurations of the space`,
    got: stray === undefined ? String(configs.length) : JSON.stringify(stray),
    remedy: "Return as many configurations as were asked for, each with a value in range for every active parameter.",
  });
}

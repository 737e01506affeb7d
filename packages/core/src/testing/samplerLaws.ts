/**
 * All tests of a sampler: the laws of its card, and the statistical properties that its points should have. `for (const law of
 * samplerLaws(myCard)) test(law.name, law.run)`.
 */
import type { Card } from "../contract/card.ts";
import { ProtocolError } from "../contract/errors.ts";
import { anything } from "../read/decode.ts";
import { optionReader } from "../read/record.ts";
import { cardLaws } from "./cardLaws.ts";
import type { LawOptions } from "./laws.ts";
import { distinctPoints } from "./properties/distinctPoints.ts";
import { type Draw, drawFrom, remember } from "./properties/draw.ts";
import { independentParameters, independentSeeds } from "./properties/independence.ts";
import { marginals, marginalsOverSeeds } from "./properties/marginals.ts";
import type { SamplerPropertyName } from "./properties/names.ts";
import { type NetOptions, net } from "./properties/net.ts";
import { everyScaleWith, type SampleOptions } from "./properties/sample.ts";
import { stratification } from "./properties/stratification.ts";
import { untriedFirst } from "./properties/untriedFirst.ts";
import type { Verdict } from "./properties/verdict.ts";
import type { Law } from "./property.ts";

/** What a sampler claims in addition to its card. */
export type SamplerClaims = {
  /**
   * Whether its points are random and uniform in the scales of the parameters. By default true for a card that is random and not adaptive.
   */
  readonly uniform?: boolean;
  /** One number n per axis: of the first n points, one is in each of n strata of that axis. No claim by default. */
  readonly strata?: readonly number[];
  /** The first 2^m points in s dimensions are a (t, m, s)-net in base 2. No claim by default. */
  readonly net?: Omit<NetOptions, "seed">;
};

/**
 * The options of `samplerLaws`. `runs`, `seed`, `spaces` and `reproduce` are those of `cardLaws`. `space` and `points` are those of the
 * statistical properties, which begin with the seed `seed`. The property that points do not repeat sees at most 64 points. `falseAlarmRate`
 * is that of all properties together, 0.001 by default.
 */
export type SamplerLawOptions = Omit<LawOptions, "dependsOn" | "random" | "stopsShort"> & SampleOptions & SamplerClaims;

/**
 * The laws and properties of a sampler.
 *
 * @throws ProtocolError when a broken law or property runs. The message says what was expected and what was found.
 */
export function samplerLaws(card: Card, options: SamplerLawOptions = {}): readonly Law[] {
  return lawsOf(card, readSamplerLawOptions(options));
}

const readSamplerLawOptions = optionReader<SamplerLawOptions>("samplerLaws", {
  runs: anything,
  seed: anything,
  reproduce: anything,
  spaces: anything,
  space: anything,
  points: anything,
  falseAlarmRate: anything,
  uniform: anything,
  strata: anything,
  net: anything,
});

function lawsOf(card: Card, options: SamplerLawOptions): readonly Law[] {
  const laws = cardLaws(card, given(options, ["runs", "seed", "reproduce", "spaces"]));
  if (options.reproduce !== undefined) return laws;
  const draw = remember(drawFrom(card));
  const properties: readonly Property[] = [
    {
      name: "repeats no point",
      judge: () => distinctPoints(draw, { seed: options.seed ?? 1, points: Math.min(64, options.points ?? 64) }),
    },
    ...adaptiveProperties(card, options),
    ...uniformProperties(card, draw, options),
    ...structure(draw, options),
  ];
  return [...laws, ...properties.map(({ name, judge }) => ({ name, run: () => demand(card, judge()) }))];
}

type Property = { readonly name: SamplerPropertyName; readonly judge: () => Verdict };

/** Random points and designs may meet on a finite space. What learns from results has no use for a point that it knows. */
function adaptiveProperties(card: Card, { seed }: SamplerLawOptions): readonly Property[] {
  if (!card.adaptive) return [];
  const name = "repeats no point of a finite space while others are left";
  return [{ name, judge: () => untriedFirst(card, seed === undefined ? {} : { seed }) }];
}

/** Each of the four gets a quarter of the false alarms. */
function uniformProperties(card: Card, draw: Draw, options: SamplerLawOptions): readonly Property[] {
  const { uniform = card.random && !card.adaptive, falseAlarmRate = 0.001 } = options;
  if (!uniform) return [];
  const sample = {
    space: everyScaleWith({ conditional: card.create(card.cheap).can.conditional }),
    ...given(options, ["space", "points", "seed"]),
    falseAlarmRate: falseAlarmRate / 4,
  };
  return [
    { name: "draws each parameter by its scale", judge: () => marginals(draw, sample) },
    { name: "draws each parameter by its scale over seeds", judge: () => marginalsOverSeeds(draw, sample) },
    { name: "draws parameters independently of each other", judge: () => independentParameters(draw, sample) },
    { name: "gives unrelated points to different seeds", judge: () => independentSeeds(draw, sample) },
  ];
}

function structure(draw: Draw, { strata, net: claimed, seed = 1 }: SamplerLawOptions): readonly Property[] {
  const properties: Property[] = [];
  if (strata !== undefined) properties.push({ name: "hits each stratum once", judge: () => stratification(draw, { strata, seed }) });
  if (claimed !== undefined) properties.push({ name: "is a (t, m, s)-net in base 2", judge: () => net(draw, { ...claimed, seed }) });
  return properties;
}

/** The options of these names that are there. */
function given<K extends keyof SamplerLawOptions>(options: SamplerLawOptions, names: readonly K[]): Pick<SamplerLawOptions, K> {
  return Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]))) as Pick<
    SamplerLawOptions,
    K
  >;
}

function demand({ name }: Card, { passed, property, message }: Verdict): void {
  if (passed) return;
  throw new ProtocolError({
    code: "brokenLaw",
    what: `sampler ${JSON.stringify(name)}`,
    expected: `that it ${property}`,
    got: message,
    remedy: "If it is not meant to, claim less (uniform: false). See docs/test-your-own-sampler.md.",
  });
}

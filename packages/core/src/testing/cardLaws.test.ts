/** The laws of a card turn red: cards with one planted lie each, and the law that catches it. */
import { describe, expect, it } from "vitest";
import type { Card } from "../contract/card.ts";
import { ProtocolError } from "../contract/errors.ts";
import { readOptions } from "../contract/options.ts";
import type { Sampler } from "../contract/sampler.ts";
import { samplerCard } from "../contract/samplerCard.ts";
import { derive, type Key } from "../random/key.ts";
import { uniformConfig } from "../random/uniform.ts";
import { int } from "../space/param.ts";
import { cardLawNames, cardLaws } from "./cardLaws.ts";
import { type LawName, lawNames } from "./laws.ts";

type State = { readonly key: Key; index: number };

function uniform(fixed: Key | null = null): Sampler<State> {
  return {
    name: "uniform",
    version: 1,
    can: { conditional: true, objectives: 1, constraints: true, external: true },
    init: (_problem, key) => ({ key: fixed ?? key, index: 0 }),
    suggest: (state, { problem }) => {
      state.index++;
      return { config: uniformConfig(problem.space, derive(state.key, state.index)) };
    },
    tell: () => {},
  };
}

const honest = samplerCard({
  name: "honest",
  doc: "Uniform points.",
  options: { skip: { param: int(0, 9), default: 0, doc: "Points to leave out." } },
  adaptive: false,
  dependsOn: "nothing",
  sampler: ({ skip }) => ({ ...uniform(), init: (_problem, key) => ({ key, index: Number(skip) }) }),
});

type Lie = {
  readonly lie: string;
  readonly law: LawName | (typeof cardLawNames)[number];
  readonly says: RegExp;
  readonly card: Card;
};

const lies: readonly Lie[] = [
  {
    lie: "says in half a sentence what it is",
    law: "says in one sentence what it is, and what each option does",
    says: /got "points"/,
    card: { ...honest, doc: "points" },
  },
  {
    lie: "makes strategies of another name",
    law: "makes strategies of its name, with its defaults and with each of them said",
    says: /expected a strategy named other, got honest/,
    card: { ...honest, name: "other" },
  },
  {
    lie: "takes any option",
    law: "refuses an option that it does not have, and values of the wrong kind",
    says: /expected a ConfigError, got a strategy with the options {"nonsense":1}/,
    card: { ...honest, create: () => honest.create() },
  },
  {
    lie: "takes any value of its option",
    law: "refuses an option that it does not have, and values of the wrong kind",
    says: /expected a ConfigError, got a strategy with the options {"skip":/,
    card: {
      ...honest,
      create: (given = {}) => {
        const { skip, ...rest } = given;
        readOptions("honest", {}, rest);
        return honest.create(typeof skip === "number" ? { skip } : {});
      },
    },
  },
  {
    lie: "says that it adapts, and does not",
    law: "says truly whether its points depend on results",
    says: /expected points that depend on values, got the same ones/,
    card: { ...honest, adaptive: true },
  },
  {
    lie: "says that it is random, and ignores its key",
    law: "gives other points for another seed",
    says: /expected points of seed \d+/,
    card: samplerCard({ ...honest, sampler: () => uniform([1, 2, 3, 4]) }),
  },
];

describe("a card that", () => {
  it.each(lies)("$lie breaks the law: $law", ({ law, says, card }) => {
    const judged = (): void =>
      cardLaws(card)
        .find((one) => one.name === law)!
        .run();
    expect(judged).toThrow(ProtocolError);
    expect(judged).toThrow(says);
  });

  it("tells the truth passes them all", () => {
    const laws = cardLaws(honest, { runs: 0.2 });
    expect(laws.map((law) => law.name)).toEqual([...lawNames, ...cardLawNames]);
    for (const law of laws) law.run();
  });

  it("says that it is not random may ignore its key", () => {
    const laws = cardLaws(samplerCard({ ...honest, random: false, sampler: () => uniform([1, 2, 3, 4]) }), { runs: 0.1 });
    expect(laws.map((law) => law.name)).not.toContain("gives other points for another seed");
  });
});

it("every law of cards has a planted lie", () => {
  expect(new Set(lies.map(({ law }) => law))).toEqual(new Set([...cardLawNames, "gives other points for another seed"]));
});

it("a case that is to be reproduced is the only one that runs", () => {
  const reproduce = { law: lawNames[2], seed: 1, path: "0" };
  expect(cardLaws(honest, { reproduce }).map((law) => law.name)).toEqual([lawNames[2]]);
});

import { describe, expect, it } from "vitest";
import { decode } from "../space/codec.ts";
import { int, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { startStudy } from "../study/study.ts";
import type { Card } from "./card.ts";
import { checkCard } from "./checkCard.ts";
import { complete } from "./compose.ts";
import { ConfigError } from "./errors.ts";
import { createFromCard, describePlanOf, findCard } from "./findCard.ts";
import type { Problem } from "./problem.ts";
import { samplerCard } from "./samplerCard.ts";
import { composeCards, type SchedulerCard } from "./schedulerCard.ts";

const place = { place: { param: real(0, 1), default: 0.25, doc: "Where the point is." } };

/** Proposes one point again and again. */
const still = samplerCard({
  name: "still",
  doc: "One point.",
  options: place,
  adaptive: false,
  random: false,
  dependsOn: "nothing",
  cheap: { place: 0.5 },
  sampler: (options) => ({
    name: "still sampler",
    version: 3,
    can: { conditional: true, objectives: 1, constraints: true, external: true },
    init: () => null,
    suggest: (_state, { problem }) => ({ config: decode(problem.space, Float64Array.of(Number(options.place))) }),
    tell: () => {},
  }),
});

/** Trains every trial to one fidelity. */
const upTo: SchedulerCard = {
  name: "upTo",
  doc: "Random points, trained to one fidelity.",
  options: { until: { param: int(1, 100), default: 2, doc: "The fidelity." } },
  needs: ["fidelity"],
  dependsOn: "results",
  cheap: { until: 1 },
  scheduler: ({ until }) => ({
    ...complete,
    name: "upTo scheduler",
    init: (fidelity) => {
      if (fidelity.max >= Number(until)) return { until: Number(until) };
      throw new ConfigError({ code: "far", what: "until", expected: `at most ${fidelity.max}`, got: `${until}`, remedy: "Train less." });
    },
  }),
  describePlan: (fidelity, { until }) => `to ${until} of ${fidelity.max} ${fidelity.unit}`,
};

const both = composeCards({ name: "both", doc: "One point, trained to one fidelity." }, upTo, still);
const epochs = { unit: "epochs", min: 1, max: 9, whole: true };

function problemWith(fidelity: Problem["fidelity"]): Problem {
  return {
    space: createSpace({ x: real(0, 1) }),
    objectives: [{ name: "loss", goal: "minimize" }],
    constraints: [],
    fidelity,
    resumable: true,
  };
}

function refusal(body: () => unknown): ConfigError {
  try {
    body();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("not refused");
}

describe("the card of a sampler", () => {
  it("makes a search that trains to the end and has the card's name", () => {
    const strategy = still.create({ place: 0.75 });
    expect([strategy.name, strategy.version]).toEqual(["still", 1003]);
    const [job] = startStudy({ problem: problemWith(epochs), strategy, seed: 0 }).ask().jobs;
    expect(job).toMatchObject({ config: { x: 0.75 }, until: 9 });
  });

  it("needs nothing, and is cheap and random where it does not say otherwise", () => {
    const { cheap: _cheap, random: _random, ...half } = still;
    expect(samplerCard(half)).toMatchObject({ needs: [], cheap: {}, random: true });
    expect(still).toMatchObject({ needs: [], cheap: { place: 0.5 }, random: false });
  });

  it("reads options by the card's name", () => {
    expect(refusal(() => still.create({ plac: 1 }))).toMatchObject({ code: "unknownOption", what: "option of still" });
    expect(refusal(() => still.create({ place: 2 })).what).toBe("option place of still");
  });
});

describe("the card of a composition", () => {
  it("has the options of both halves, and gives each half its own", () => {
    expect(Object.keys(both.options)).toEqual(["until", "place"]);
    const [job] = startStudy({ problem: problemWith(epochs), strategy: both.create({ until: 5, place: 1 }), seed: 0 }).ask().jobs;
    expect(job).toMatchObject({ config: { x: 1 }, until: 5 });
    expect(refusal(() => both.create({ until: 0 })).what).toBe("option until of both");
    expect(both.create().name).toBe("both");
  });

  it("needs and is what its halves need and are", () => {
    expect(both).toMatchObject({
      needs: ["fidelity"],
      adaptive: false,
      random: false,
      dependsOn: "results",
      cheap: { until: 1, place: 0.5 },
    });
    expect("stopsShort" in both).toBe(false);
    expect(composeCards(both, { ...upTo, stopsShort: true }, still)).toMatchObject({ stopsShort: true });
    const dependences = (["nothing", "losses", "results", "order"] as const).map((dependsOn) =>
      (["nothing", "results"] as const).map(
        (scheduler) => composeCards(both, { ...upTo, dependsOn: scheduler }, { ...still, dependsOn }).dependsOn,
      ),
    );
    expect(dependences).toEqual([
      ["nothing", "results"],
      ["losses", "order"],
      ["results", "order"],
      ["order", "order"],
    ]);
  });

  it("describes the plan of its scheduler, and promises nothing that a study would refuse", () => {
    expect(describePlanOf(both, { until: 3 }, { fidelity: epochs })).toBe("to 3 of 9 epochs");
    expect(refusal(() => describePlanOf(both, { until: 10 }, { fidelity: epochs })).code).toBe("far");
    expect(refusal(() => describePlanOf(both, { place: 2 }, { fidelity: epochs })).what).toBe("option place of both");
  });

  it("describes no plan where there is no fidelity, or where the scheduler knows of none", () => {
    const { describePlan: _plan, ...silent } = upTo;
    expect(describePlanOf(both, {}, { fidelity: null })).toBeNull();
    expect(describePlanOf(composeCards(both, silent, still), {}, { fidelity: epochs })).toBeNull();
    expect(describePlanOf(still, {}, { fidelity: epochs })).toBeNull();
  });

  it("is refused where both halves have an option of the same name", () => {
    expect(refusal(() => composeCards(both, { ...upTo, options: place }, still))).toMatchObject({
      code: "sharedOption",
      what: "composition both",
      got: "place of both upTo and still",
    });
  });
});

describe("a list of cards", () => {
  it("finds a card by its name, and refuses an unknown one with the nearest", () => {
    expect(findCard([still, both], "both")).toBe(both);
    expect(refusal(() => findCard([still, both], "stil"))).toMatchObject({
      code: "unknownStrategy",
      what: "strategy",
      expected: "one of still, both",
      got: '"stil"',
      remedy: 'Did you mean "still"?',
    });
  });

  it("makes strategies that suit their problem only", () => {
    expect(createFromCard(both, {}, problemWith(epochs)).name).toBe("both");
    expect(createFromCard(still, {}, problemWith(null)).name).toBe("still");
    expect(refusal(() => createFromCard(both, {}, problemWith(null)))).toMatchObject({
      code: "unsuitableStrategy",
      what: 'strategy "both"',
    });
  });
});

describe("a card that is checked", () => {
  it("is the same card where all is well", () => {
    for (const card of [still, both, { ...both, stopsShort: true }]) expect(checkCard(card)).toBe(card);
  });

  it.each([
    ["no object", "sobol", "card"],
    ["nothing", null, "card"],
    ["a scheduler's card", upTo, 'field adaptive of card "upTo"'],
    ["a card without a name", { ...still, name: "" }, 'field name of card ""'],
    ["a card whose needs have a hole", { ...still, needs: Array(1) }, 'field needs of card "still"'],
    ["a card that needs what no problem has", { ...still, needs: ["luck"] }, 'field needs of card "still"'],
    ["a card with an unknown dependence", { ...still, dependsOn: "weather" }, 'field dependsOn of card "still"'],
    ["a card that stops short of a text", { ...still, stopsShort: "no" }, 'field stopsShort of card "still"'],
    ["a card with options in a list", { ...still, options: [] }, 'field options of card "still"'],
    ["a card that makes nothing", { ...still, create: undefined }, 'field create of card "still"'],
    ["a card whose plan is a text", { ...still, describePlan: "soon" }, 'field describePlan of card "still"'],
  ])("is refused: %s", (_what, card, what) => {
    expect(refusal(() => checkCard(card as unknown as Card))).toMatchObject({ code: "badCard", what });
  });
});

/** Which strategies use beliefs: what their points say, compared with what the strategies say of themselves. */
import { believe, type Card, createSpace, type Notice, type Space, startStudy } from "@caviar-hpo/core";
import { ignoredBy } from "@caviar-hpo/core/contract";
import { describe, expect, it } from "vitest";
import { createStudy, real, type StudyOptions, strategies } from "./index.ts";

const plain = createSpace({ x: real(0, 1), y: real(0, 1) });
const believed = believe(plain, { params: { x: { near: 0.9, sd: 0.02 } } });
const fidelity = { unit: "epochs", min: 1, max: 9, whole: true } as const;

/** The points that a strategy tries, one job after another. */
function* points({ cheap, create }: Card, space: Space): Generator<string, undefined> {
  const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity, resumable: true } as const;
  const study = startStudy({ problem, strategy: create(cheap), seed: 1 });
  while (!study.done) {
    for (const { id, config } of study.ask().jobs) {
      yield JSON.stringify(config);
      const { x, y } = config;
      study.tell(id, { values: [Number(x) + Number(y)] });
    }
  }
}

/** Whether beliefs change one of the first twelve points. */
function changesPoints(card: Card): boolean {
  const [without, using] = [points(card, plain), points(card, believed)];
  return Array.from({ length: 12 }).some(() => without.next().value !== using.next().value);
}

describe.each(strategies.map((card) => [card.name, card] as const))("%s", (_, card) => {
  it("says that it uses beliefs exactly if they change its points", () => {
    const { cheap, create } = card;
    expect(ignoredBy(create(cheap), believed).map(({ code }) => code)).toEqual(changesPoints(card) ? [] : ["beliefsIgnored"]);
    expect(ignoredBy(create(cheap), plain)).toEqual([]);
  });
});

const given = { space: { x: real(0, 1) }, beliefs: { params: { x: { near: 0.5 } } } } as const;

function noticesOf(options: Partial<StudyOptions<typeof given.space>>): readonly Notice[] {
  const notices: Notice[] = [];
  createStudy({ ...given, ...options, onNotice: (notice) => notices.push(notice) });
  return notices;
}

describe("a study gives notice", () => {
  it("of beliefs that its strategy ignores", () => {
    expect(noticesOf({ strategy: "cmaes" })).toEqual([
      {
        code: "beliefsIgnored",
        what: "beliefs",
        message: "the strategy cmaes does not use them",
        remedy: "Choose another strategy, such as bayesopt, tpe or priorBand, or omit the beliefs.",
      },
    ]);
    expect(noticesOf({})).toEqual([]);
  });

  it("of a costPower that Thompson sampling ignores", () => {
    const notices = (options: object): readonly string[] =>
      noticesOf({ strategy: { name: "bayesopt", options: { ...options } } }).map(({ code, what }) => `${code}: ${what}`);
    expect(notices({ acquisition: "thompson", costPower: 1 })).toEqual(["optionIgnored: option costPower of bayesopt"]);
    expect(notices({ acquisition: "thompson" })).toEqual([]);
    expect(notices({ costPower: 1 })).toEqual([]);
  });
});

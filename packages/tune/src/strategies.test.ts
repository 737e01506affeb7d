import {
  type Card,
  ConfigError,
  createSpace,
  drive,
  type Event,
  type Problem,
  real,
  replay,
  type Study,
  type StudyDefinition,
  startStudy,
} from "@caviar-hpo/core";
import { samplerCard } from "@caviar-hpo/core/contract";
import { randomSampler } from "@caviar-hpo/samplers";
import { describe, expect, it, test } from "vitest";
import { createStrategy, findStrategy, planOf, strategies } from "./strategies.ts";
import { createStudy } from "./studyByName.ts";

function refusal(body: () => unknown): ConfigError {
  try {
    body();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("not refused");
}

const withFidelity = { unit: "epochs", min: 1, max: 27, whole: true } as const;

describe.each(strategies)("$name", ({ name, options, needs, create }) => {
  it("is created by its name, with its defaults and with each of them said", () => {
    const defaults = Object.fromEntries(Object.entries(options).map(([option, spec]) => [option, spec.default]));
    for (const strategy of [createStrategy(name), create(), createStrategy(name, defaults)]) {
      expect(strategy.name).toBe(name);
      const problem = {
        space: createSpace({ x: real(0, 1) }),
        objectives: [{ name: "loss", goal: "minimize" }],
        constraints: [],
        fidelity: needs.includes("fidelity") ? withFidelity : null,
        resumable: false,
      } as const;
      expect(startStudy({ problem, strategy, seed: 0 }).ask({ want: 3 }).jobs).toHaveLength(name === "panda" ? 1 : 3);
    }
  });

  it("refuses an option that it does not have", () => {
    expect(refusal(() => createStrategy(name, { nonsense: 1 }))).toMatchObject({
      code: "unknownOption",
      what: `option of ${name}`,
      got: '"nonsense"',
    });
  });

  it("refuses a value of the wrong kind for each of its options", () => {
    for (const option of Object.keys(options))
      expect(refusal(() => createStrategy(name, { [option]: "many" })).what).toBe(`option ${option} of ${name}`);
  });
});

it("each name is there once", () => {
  const names = strategies.map((entry) => entry.name);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toEqual(expect.arrayContaining(["random", "grid", "latinHypercube", "sobol", "halton", "rSequence", "coarseToFine"]));
});

test.each([
  ["sobl", "sobol"],
  ["Random", "random"],
  ["latin_hypercube", "latinHypercube"],
  ["coarse-to-fine", "coarseToFine"],
  ["r-sequence", "rSequence"],
])("the unknown name %s is refused, with %s as what may be meant", (name, meant) => {
  const error = refusal(() => createStrategy(name));
  expect(error).toMatchObject({ code: "unknownStrategy", what: "strategy", got: `"${name}"`, remedy: `Did you mean "${meant}"?` });
  expect(error.expected).toContain("random, grid, latinHypercube");
});

test.each(["", "constructor", "__proto__"])("the name %j is no strategy", (name) => {
  expect(refusal(() => createStrategy(name)).code).toBe("unknownStrategy");
});

const problem: Problem = {
  space: createSpace({ x: real(0, 1), y: real(0, 1) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: withFidelity,
  resumable: true,
};

async function played({ name, cheap }: Card): Promise<Study> {
  const study = startStudy({ problem, strategy: createStrategy(name, cheap, problem), seed: 1 });
  await drive(study, ({ config, until }) => ({ values: [Math.abs((config.x as number) - 0.3) + 1 / until] }), { trials: 30, workers: 3 });
  return study;
}

describe.each(strategies)("what is said of $name", (card) => {
  const { name } = card;
  const multiFidelity = card.needs.includes("fidelity");
  const decidesHowFar = multiFidelity || name === "auto";

  it("is true: whether it decides how far trials are trained", async () => {
    const study = await played(card);
    // The median rule stops trials on their way, which this objective does not let it do.
    const until = new Set(study.history.trials.map((trial) => trial.curve.at(-1)!.fidelity));
    if (name !== "medianRule") expect([...until].some((fidelity) => fidelity < withFidelity.max)).toBe(decidesHowFar);
  });

  it("is checked where the problem is known: no fidelity, no multi-fidelity strategy", () => {
    const plain = { ...problem, fidelity: null };
    if (!multiFidelity) expect(createStrategy(name, {}, plain).name).toBe(name);
    else
      expect(refusal(() => createStrategy(name, {}, plain))).toMatchObject({
        code: "unsuitableStrategy",
        what: `strategy "${name}"`,
        expected: "a problem with a fidelity",
        remedy: expect.stringContaining("fidelity: { unit:") as string,
      });
  });
});

describe("0 of format 1, for no limit and for automatic", () => {
  const cases = strategies.flatMap((card) =>
    Object.entries(card.options).flatMap(([option, { special, formerly }]) =>
      formerly === undefined ? [] : [{ card, option, special: special!, formerly }],
    ),
  );

  test("is read by the options that format 1 had it for, and by no others", () => {
    expect(cases.map(({ card, option, special, formerly }) => `${card.name}.${option}: ${formerly} is ${special}`)).toEqual([
      "bayesopt.initial: 0 is auto",
      "successiveHalving.configurations: 0 is auto",
      "successiveHalving.iterations: 0 is null",
      "hyperband.brackets: 0 is null",
      "hyperband.iterations: 0 is null",
      "asha.configurations: 0 is null",
      "asynchronousHyperband.brackets: 0 is null",
      "asynchronousHyperband.configurations: 0 is null",
      "pasha.configurations: 0 is null",
      "medianRule.configurations: 0 is null",
      "caviar.models: 0 is null",
      "bohb.brackets: 0 is null",
      "bohb.iterations: 0 is null",
      "dehb.brackets: 0 is null",
      "dehb.iterations: 0 is null",
      "gpHyperband.brackets: 0 is null",
      "gpHyperband.iterations: 0 is null",
      "gpHyperband.initial: 0 is auto",
      "gpAsha.configurations: 0 is null",
      "gpAsha.initial: 0 is auto",
      "freezeThaw.initial: 0 is auto",
      "priorBand.brackets: 0 is null",
      "priorBand.iterations: 0 is null",
    ]);
  });

  it.each(cases)(
    "$card.name replays a log in which $option is 0, and continues as with $special",
    async ({ card, option, special, formerly }) => {
      const { [option]: _cheap, ...rest } = card.cheap;
      const definitionOf = (value: number | string | null): StudyDefinition => ({
        problem,
        strategy: createStrategy(card.name, { ...rest, [option]: value }, problem),
        seed: 1,
      });
      const events: Event[] = [];
      const study = startStudy(definitionOf(formerly), (event) => events.push(event));
      await drive(study, ({ config, until }) => ({ values: [Math.abs((config.x as number) - 0.3) + 1 / until] }), {
        trials: 12,
        workers: 3,
      });
      const again = replay(definitionOf(special), events);
      expect(study.history.trials.length).toBeGreaterThan(10);
      expect(again.ask({ want: 3, starts: 3 })).toEqual(study.ask({ want: 3, starts: 3 }));
      expect(planOf(card, { [option]: formerly }, problem)).toBe(planOf(card, { [option]: special }, problem));
    },
  );
});

describe("a card from somebody's module", () => {
  const own = samplerCard({
    name: "own",
    doc: "Mine.",
    options: {},
    adaptive: false,
    dependsOn: "nothing",
    sampler: () => randomSampler(),
  });
  const space = { x: real(0, 1) };

  it("is accepted wherever a name is", () => {
    expect(findStrategy(own)).toBe(own);
    expect(createStrategy(own).name).toBe("own");
    expect(planOf(own, {}, problem)).toBeNull();
    const points = [own, { card: own, options: {} }, "random"].map((strategy) =>
      createStudy({ space, strategy, seed: 4 }).ask({ want: 3 }),
    );
    expect(points[0]).toEqual(points[2]);
    expect(points[1]).toEqual(points[2]);
  });

  it("is held to its options and its needs as a shipped one is", () => {
    expect(refusal(() => createStudy({ space, strategy: { card: own, options: { speed: 2 } } }))).toMatchObject({
      code: "unknownOption",
      what: "option of own",
    });
    const needy = { ...own, needs: ["fidelity"] } as const;
    expect(refusal(() => createStudy({ space, strategy: needy })).code).toBe("unsuitableStrategy");
  });

  it("is looked at first: what is no card is refused with the field that is wrong", () => {
    const { dependsOn: _missing, ...rest } = own;
    expect(refusal(() => createStudy({ space, strategy: rest as unknown as Card }))).toMatchObject({
      code: "badCard",
      what: 'field dependsOn of card "own"',
    });
    for (const nothing of [null, {}, { name: "x" }])
      expect(refusal(() => createStudy({ space, strategy: { card: nothing as unknown as Card, options: {} } })).code).toBe("badCard");
  });
});

describe("Hyperband over a sampler that learns", () => {
  it.each(["bohb", "dehb", "gpHyperband"])("%s has the options of both, each of which arrives", (name) => {
    const problemOf = (options: object): readonly number[] => {
      const strategy = createStrategy(name, options as { readonly [option: string]: number }, problem);
      return [
        ...new Set(
          startStudy({ problem, strategy, seed: 0 })
            .ask({ want: 30 })
            .jobs.map((job) => job.until),
        ),
      ];
    };
    expect(problemOf({})).toEqual([1]);
    expect(problemOf({ brackets: 2 })).toEqual([9]);
    expect(problemOf({ eta: 27, brackets: 1 })).toEqual([27]);
    const own = { bohb: "random", dehb: "factor", gpHyperband: "kernel" }[name]!;
    expect(refusal(() => createStrategy(name, { [own]: "far" })).what).toBe(`option ${own} of ${name}`);
    expect(refusal(() => createStrategy(name, { eta: 1 })).what).toBe(`option eta of ${name}`);
  });

  it.each(["gpAsha", "freezeThaw"])("%s, which is asynchronous, has the options of both, each of which arrives", (name) => {
    const { jobs } = startStudy({ problem, strategy: createStrategy(name, { eta: 9, initial: 4 }), seed: 0 }).ask({ want: 4 });
    expect(jobs.map(({ until, milestones }) => [until, milestones])).toEqual(Array.from({ length: 4 }, () => [3, [3]]));
    for (const fault of [{ eta: 1 }, { kernel: "far" }, { configurations: 0.5 }, { askEffort: 1 }])
      expect(refusal(() => createStrategy(name, fault)).what).toBe(`option ${Object.keys(fault)[0]} of ${name}`);
  });

  it("bohb is random where all of it is to be", async () => {
    const random = startStudy({ problem, strategy: createStrategy("bohb", { random: 1 }), seed: 1 });
    await drive(random, () => ({ values: [1] }), { trials: 60 });
    const notes = random.ask().jobs.map((job) => (job.note as { readonly by: string }).by);
    expect(notes).toEqual(["random"]);
  });

  it("dehb promotes in its first iteration and refills in the others: their upper rungs are new trials", async () => {
    expect(refusal(() => createStrategy("dehb", { promote: "resume" })).code).toBe("unknownOption");
    const study = startStudy({ problem, strategy: createStrategy("dehb", { iterations: 2 }), seed: 1 });
    await drive(study, ({ config }) => ({ values: [config.x as number] }));
    expect(study.history.trials).toHaveLength(49 + 69);
    const measurements = study.history.trials.map((trial) => trial.curve.length);
    expect(measurements.slice(0, 49).reduce((sum, count) => sum + count)).toBe(69);
    expect(measurements.slice(49).every((count) => count === 1)).toBe(true);
  });
});

describe("the plan", () => {
  it("is the bracket table of Hyperband, in the convention and with the eta that were chosen", () => {
    const first = (name: string, options: object = {}): string =>
      planOf(name, options as { readonly [option: string]: number }, { fidelity: { ...withFidelity, max: 81 } })!
        .split("\n")
        .slice(2, 4)
        .join("\n");
    for (const name of ["hyperband", "bohb", "dehb", "gpHyperband", "asynchronousHyperband"])
      expect(first(name)).toMatch(/^ *4 +81 x 1 +27 x 3 +9 x 9 +3 x 27 +1 x 81 +81 +121 +405 +297\n *3 +34 x 3 +11 x 9/);
    expect(first("hyperband", { convention: "table1" })).toMatch(/\n *3 +27 x 3 /);
    expect(first("bohb", { eta: 9, random: 0.5 })).toMatch(/^ *2 +81 x 1 +9 x 9 +1 x 81/);
    expect(first("successiveHalving")).toMatch(/^ *4 +81 x 1 .*\n *all +81 +121 +405 +297$/);
    expect(first("successiveHalving", { configurations: 10 })).toMatch(/^ *2 +10 x 9 +3 x 27 +1 x 81 +10 +14 +252 +198\n/);
  });

  it("says what asynchronous brackets do not keep of their table", () => {
    for (const [variant, rule] of [
      ["promotion", "a promotion never waits"],
      ["stopping", "every trial trains on until it is stopped"],
    ] as const) {
      const last = planOf("asynchronousHyperband", { variant }, problem)!.split("\n").at(-1);
      expect(last).toBe(
        `New trials are shared among the brackets as in stage 0; ${rule}, so that later stages come out as large or somewhat larger.`,
      );
    }
    expect(planOf("hyperband", {}, problem)).toMatch(/\nall [ 0-9]+$/);
  });

  it("is the rungs of those that plan no numbers of trials", () => {
    expect(planOf("asha", { eta: 9 }, { fidelity: { ...withFidelity, max: 81 } })).toBe("asha decides at 1, 9, 81 epochs");
    expect(planOf("gpAsha", { eta: 9 }, { fidelity: { ...withFidelity, max: 81 } })).toBe("asha decides at 1, 9, 81 epochs");
    expect(planOf("freezeThaw", {}, problem)).toBe("freezeThaw decides at 1, 3, 9, 27 epochs");
    expect(planOf("pasha", {}, problem)).toBe("pasha decides at 1, 3, 9, 27 epochs");
    expect(planOf("medianRule", { steps: 3 }, problem)).toBe("medianRule decides at 9, 18, 27 epochs");
  });

  it("promises nothing that a study would refuse", () => {
    const wide = { fidelity: { ...withFidelity, max: 1e9 } };
    for (const name of ["hyperband", "bohb", "successiveHalving"]) {
      expect(refusal(() => planOf(name, {}, wide))).toMatchObject({ code: "tooManyTrials" });
      expect(planOf(name, name === "successiveHalving" ? { configurations: 100 } : { brackets: 5 }, wide)).toContain("1 x 1000000000");
    }
  });

  it("is nothing where nothing is known before", () => {
    for (const name of ["sobol", "bayesopt", "caviar", "panda", "populationBased"]) expect(planOf(name, {}, problem)).toBeNull();
    expect(planOf("hyperband", {}, { fidelity: null })).toBeNull();
    expect(refusal(() => planOf("hyperbnd", {}, problem)).remedy).toBe('Did you mean "hyperband"?');
    expect(refusal(() => planOf("hyperband", { etta: 3 }, problem)).code).toBe("unknownOption");
  });
});

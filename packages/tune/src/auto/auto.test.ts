/** What `auto` decides, and that nothing which was learned is lost when one sampler follows another. */
import { type Config, createSpace, type Job, type Problem, type Shape, type Study, startStudy } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { choice, createStrategy, given, int, real } from "../index.ts";
import { rules, type Situation } from "./rules.ts";

const epochs = { unit: "epochs", min: 1, max: 9, whole: true } as const;
const square: Shape = { x: real(0, 1), y: real(0, 1) };
const cheap = { handOver: 12, askEffort: 64 };

function problemOf(space: Shape, rest: Partial<Problem> = {}): Problem {
  const objectives = [{ name: "loss", goal: "minimize" }] as const;
  return { space: createSpace(space), objectives, constraints: [], fidelity: null, resumable: true, ...rest };
}

function studyOf(problem: Problem, name = "auto", options: object = cheap): Study {
  return startStudy({ problem, strategy: createStrategy(name, options as { readonly [option: string]: number }), seed: 3 });
}

const bowl = ({ x, y }: Config): number => ((x as number) - 0.3) ** 2 + ((y as number) - 0.6) ** 2;

/** Runs trials one after the other. */
function run(
  study: Study,
  trials: number,
  { costSeconds = 0, values = (config: Config): readonly number[] => [bowl(config)] } = {},
): readonly Job[] {
  const jobs: Job[] = [];
  while (study.history.trials.length < trials) {
    const [job] = study.ask().jobs;
    jobs.push(job!);
    study.tell(job!.id, { values: values(job!.config), costSeconds });
  }
  return jobs;
}

const notes = (jobs: readonly Job[], member: "engine" | "why" | "training"): readonly unknown[] =>
  jobs.map(({ note }) => (note as { readonly [name: string]: unknown })[member]);

/** `count` parameters; with `conditional`, all but the first depend on it. */
function many(count: number, conditional: boolean): Shape {
  const names = Array.from({ length: count - 1 }, (_, index) => `x${index}`);
  return {
    kind: choice(["a", "b"]),
    ...Object.fromEntries(names.map((name) => [name, conditional ? given("kind", ["a"], real(0, 1)) : real(0, 1)])),
  };
}

describe("the table", () => {
  const engineFor = (situation: Partial<Situation>, options = {}): string => {
    const full = { problem: problemOf(square), ended: 0, costSeconds: null, rungs: [1], ...situation };
    const all = { handOver: 300, costs: "ignored", askEffort: 2000, ...options } as const;
    const { engine, why } = rules.find(({ applies }) => applies(full, all))!;
    expect(why).toMatch(/^\w/);
    return engine.name;
  };
  const objectives = [{ name: "loss", goal: "minimize" } as const, { name: "size", goal: "minimize" } as const];

  test.each<readonly [string, Partial<Situation>, object, string]>([
    ["few trials", { ended: 299 }, {}, "bayesopt"],
    ["many trials", { ended: 300 }, {}, "cmaes"],
    ["many trials of a conditional space", { problem: problemOf(many(5, true)), ended: 300 }, {}, "tpe"],
    ["many trials of several fidelities", { rungs: [1, 3, 9], ended: 300 }, {}, "bohb"],
    ["many parameters", { problem: problemOf(many(30, false)) }, {}, "bayesopt"],
    ["many conditional parameters", { problem: problemOf(many(30, true)) }, {}, "tpe"],
    ["many conditional parameters and several fidelities", { problem: problemOf(many(30, true)), rungs: [1, 3] }, {}, "bohb"],
    ["several objectives", { problem: problemOf(square, { objectives }), ended: 1000 }, {}, "sobol"],
    ["cheap trials whose costs are ignored", { ended: 200, costSeconds: 1e-4 }, {}, "bayesopt"],
    ["cheap trials whose costs count", { ended: 200, costSeconds: 1e-4 }, { costs: "counted" }, "cmaes"],
    ["few cheap trials", { ended: 99, costSeconds: 1e-4 }, { costs: "counted" }, "bayesopt"],
    ["dear trials whose costs count", { ended: 200, costSeconds: 60 }, { costs: "counted" }, "bayesopt"],
    ["unknown costs that count", { ended: 200 }, { costs: "counted" }, "bayesopt"],
  ])("has for %s a rule", (_situation, situation, options, engine) => {
    expect(engineFor(situation, options)).toBe(engine);
  });
});

describe("a study without a fidelity", () => {
  it("has exactly the points of bayesopt until another sampler follows", () => {
    const alone = run(studyOf(problemOf(square), "bayesopt", { askEffort: 64 }), 12);
    expect(run(studyOf(problemOf(square)), 12).map(({ config }) => config)).toEqual(alone.map(({ config }) => config));
  });

  it("continues with CMA-ES, and each note says who chose the point and why", () => {
    const jobs = run(studyOf(problemOf(square)), 20);
    expect(notes(jobs, "engine")).toEqual([...Array<string>(12).fill("bayesopt"), ...Array<string>(8).fill("cmaes")]);
    expect(new Set(notes(jobs, "why")).size).toBe(2);
    expect(jobs[15]!.note).toMatchObject({ run: 0 });
  });

  it("hands on what was learned: the next sampler begins at the points that a new study begins at which observed these trials", () => {
    const study = studyOf(problemOf(square));
    run(study, 12);
    const next = studyOf(problemOf(square), "cmaes", {});
    for (const { config, curve } of study.history.trials) next.observe(config, { values: curve[0]!.values });
    const [[job], [later]] = [study.ask().jobs, next.ask().jobs];
    expect(job!.config).toEqual(later!.config);
    expect(bowl(job!.config)).toBeLessThan(0.1);
  });

  it("remembers which trials were lost: the next sampler may try their points again", () => {
    const space = { n: int(1, 13) };
    const study = studyOf(problemOf(space), "auto", { ...cheap, handOver: 13 });
    for (let trial = 0; trial < 13; trial++) {
      const [job] = study.ask().jobs;
      if (trial === 12) study.fail(job!.id, "lost");
      else study.tell(job!.id, { values: [job!.config.n as number] });
    }
    const lost = study.history.trials[12]!.config;
    expect(study.ask().jobs.map(({ config }) => config)).toEqual([lost]);
  });

  it("counts costs if it is told to, once a hundred trials have ended", () => {
    const after = (costSeconds: number): unknown => {
      const study = studyOf(problemOf(square), "auto", { costs: "counted", askEffort: 64 });
      for (let trial = 0; trial < 99; trial++) study.observe({ x: (trial % 10) / 10, y: trial / 99 }, { values: [trial] });
      return notes(run(study, 101, { costSeconds }), "engine").at(-1);
    };
    expect([after(0.001), after(0), after(10)]).toEqual(["cmaes", "bayesopt", "bayesopt"]);
  });

  it("predicts also after the model was left", () => {
    const study = studyOf(problemOf(square));
    run(study, 16);
    const { mean } = study.predict([
      { x: 0.3, y: 0.6 },
      { x: 0.9, y: 0.1 },
    ])!;
    expect(mean[0]!).toBeLessThan(mean[1]!);
  });

  it("takes several objectives, of which no sampler learns", () => {
    const objectives = [{ name: "a", goal: "minimize" } as const, { name: "b", goal: "maximize" } as const];
    const study = studyOf(problemOf(square, { objectives }));
    const jobs = run(study, 20, { values: (config) => [bowl(config), 1] });
    expect(new Set(notes(jobs, "engine"))).toEqual(new Set(["sobol"]));
    expect(study.leastTrials).toBeNull();
  });
});

describe("a study with a fidelity", () => {
  it("trains in the brackets of Hyperband, whose points are those of gpHyperband", () => {
    const fidelity = epochs;
    const jobsOf = (name: string, options: object): readonly Job[] => {
      const study = studyOf(problemOf(square, { fidelity }), name, options);
      return Array.from({ length: 30 }, () => {
        const [job] = study.ask().jobs;
        study.tell(job!.id, { values: [bowl(job!.config) + 1 / job!.until] });
        return job!;
      });
    };
    const plain = jobsOf("auto", { ...cheap, handOver: 1000 });
    expect(plain.map(({ trial, config, until }) => [trial, config, until])).toEqual(
      jobsOf("gpHyperband", { askEffort: 64 }).map(({ trial, config, until }) => [trial, config, until]),
    );
    expect(notes(plain.slice(0, 9), "training")).toEqual(Array(9).fill("hyperband"));
  });

  it("trains as ASHA if the first rung is full before the first report, and promotes the trials that ran then", () => {
    const study = studyOf(problemOf(square, { fidelity: epochs }));
    const { jobs } = study.ask({ want: 20 });
    expect(notes(jobs, "training")).toEqual([...Array<string>(9).fill("hyperband"), ...Array<string>(11).fill("asha")]);
    expect(new Set(jobs.map(({ until }) => until))).toEqual(new Set([1]));
    for (const job of jobs.slice(0, 3)) study.tell(job.id, { values: [job.trial === 1 ? 0 : 1] });
    expect(study.ask().jobs.map(({ trial, until }) => [trial, until])).toEqual([[1, 3]]);
  });

  it("stays with Hyperband if there are more workers later", () => {
    const study = studyOf(problemOf(square, { fidelity: epochs }));
    const [first] = study.ask().jobs;
    study.tell(first!.id, { values: [1] });
    expect(new Set(notes(study.ask({ want: 20 }).jobs, "training"))).toEqual(new Set(["hyperband"]));
  });

  it("has one fidelity if its bounds are equal: every trial trains to the end", () => {
    const study = studyOf(problemOf(square, { fidelity: { ...epochs, min: 9 } }));
    expect(new Set(study.ask({ want: 20 }).jobs.map(({ until }) => until))).toEqual(new Set([9]));
  });
});

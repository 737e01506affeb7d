import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CaviarError, ConfigError, JournalError } from "@caviar-hpo/core";
import type { CampaignResults } from "@caviar-hpo/report";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { describe, expect, test } from "vitest";
import { contentsOf, filesIn, inFolder, linesOf, recordsIn, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import type { EvaluationLine } from "../arena/arena.ts";
import { resolvePlan } from "../plan/cells.ts";
import { hashOf, type Plan } from "../plan/plan.ts";
import { headOf } from "../record/record.ts";
import { openRecorder } from "../record/recorder.ts";
import type { CampaignProgress } from "../run/runCells.ts";
import { runCampaign } from "./campaign.ts";

const command = "npm run bench -- --plan tiny";

function campaign(folder: string, plan: Plan = tinyPlan(), fresh = false): Promise<CampaignResults> {
  return runCampaign(plan, folder, { command, fresh });
}

function valuesOf(results: CampaignResults, strategy: string): unknown {
  return results.runs.filter((run) => run.strategy === strategy);
}

describe("a campaign", () => {
  test("runs every cell, says how far it is, and records each run in its own file", () =>
    inFolder(async (folder) => {
      const progress: CampaignProgress[] = [];
      const results = await runCampaign(tinyPlan(), folder, { command, onProgress: (one) => progress.push(one) });
      expect(results.runs).toHaveLength(20);
      expect(results).toMatchObject({
        name: "tiny",
        command,
        planHash: hashOf(tinyPlan()),
        seeds: [1, 2],
        noise: "additive, sd 0.1 x interquartile range",
      });
      expect(results.problems.map(({ id, optimum, budget }) => [id, optimum === 0, budget])).toEqual([
        ["branin", false, 12],
        ["bbob-f8-d5-i{seed}", true, 12],
      ]);
      expect(results.problems[1]!.title).toBe("BBOB f8: Rosenbrock, 5 dimensions, instance = seed");
      expect(progress.map(({ done, total, kept }) => [done, total, kept])).toEqual(
        Array.from({ length: 20 }, (_, index) => [index + 1, 20, 0]),
      );
      expect(recordsIn(folder)).toHaveLength(20);
      expect(recordsIn(folder)[0]).toMatch(/^runs\/bbob-f8-d5-i-seed-[0-9a-f]{8}\/coarsetofine-[0-9a-f]{8}\/1\.jsonl$/);
    }));

  test("repeated gives the same results and the same files; kept runs are not run again", () =>
    inFolder(async (folder) => {
      const first = await campaign(folder);
      const files = contentsOf(folder);
      const kept: number[] = [];
      const second = await runCampaign(tinyPlan(), folder, { command, onProgress: (one) => kept.push(one.kept) });
      expect(second).toEqual(first);
      expect(kept.at(-1)).toBe(20);
      expect(await campaign(folder, tinyPlan(), true)).toEqual(first);
      expect(contentsOf(folder)).toEqual(files);
    }));

  test("gives a strategy the same results whichever others it is compared with", () =>
    inFolder(async (folder) => {
      const all = await campaign(join(folder, "all"));
      for (const strategy of tinyPlan().strategies) {
        const alone = await campaign(
          join(folder, strategy.label),
          tinyPlan({ strategies: [strategy], problems: ["bbob-f8-d5-i{seed}", "branin"] }),
        );
        const sorted = (runs: unknown): unknown => (runs as readonly unknown[]).map((run) => JSON.stringify(run)).sort();
        expect(sorted(valuesOf(alone, strategy.label))).toEqual(sorted(valuesOf(all, strategy.label)));
      }
    }));

  test("gives a seed the same results whichever others are run", () =>
    inFolder(async (folder) => {
      const both = await campaign(join(folder, "both"));
      const second = await campaign(join(folder, "second"), tinyPlan({ seeds: { first: 2, count: 1 } }));
      expect(second.runs).toEqual(both.runs.filter((run) => run.seed === 2));
    }));
});

describe("progress", () => {
  test("counts what was kept first, then each run that was missing", () =>
    inFolder(async (folder) => {
      await campaign(folder);
      for (const file of recordsIn(folder).filter((name) => name.includes("sobol"))) rmSync(join(folder, file));
      const progress: CampaignProgress[] = [];
      await runCampaign(tinyPlan(), folder, { command, onProgress: (one) => progress.push(one) });
      expect(progress.map(({ done, kept }) => [done, kept])).toEqual(
        Array.from({ length: 20 }, (_, index) => [index + 1, Math.min(index + 1, 16)]),
      );
      expect(progress.map(({ cell }) => cell.strategy === "sobol")).toEqual(Array.from({ length: 20 }, (_, index) => index >= 16));
    }));

  test("may end a campaign by throwing, and what was run is kept", () =>
    inFolder(async (folder) => {
      const onProgress = ({ done }: CampaignProgress): void => {
        if (done === 3) throw new RangeError("enough");
      };
      await expect(runCampaign(tinyPlan(), folder, { command, onProgress })).rejects.toThrow("enough");
      expect(recordsIn(folder)).toHaveLength(3);
      const kept: number[] = [];
      await runCampaign(tinyPlan(), folder, { command, onProgress: (one) => kept.push(one.kept) });
      expect(kept.at(-1)).toBe(3);
    }));
});

describe("an interrupted campaign continues to the same results and the same bytes", () => {
  test.each<readonly [string, (folder: string, files: readonly string[]) => void]>([
    [
      "whole runs are missing",
      (folder, files) => files.filter((_, index) => index % 3 === 0).forEach((file) => rmSync(join(folder, file))),
    ],
    ["all runs are missing", (folder) => rmSync(join(folder, "runs"), { recursive: true })],
    [
      "runs were cut at the end of a line",
      (folder, files) => files.forEach((file) => cut(join(folder, file), (text) => text.split("\n", 5).join("\n").length + 1)),
    ],
    [
      "runs were cut inside a line",
      (folder, files) =>
        files.forEach((file, index) => cut(join(folder, file), (text) => Math.floor((text.length * index) / files.length))),
    ],
    ["the last line was cut", (folder, files) => files.forEach((file) => cut(join(folder, file), (text) => text.length - 3))],
    ["files are empty", (folder, files) => files.slice(4).forEach((file) => truncateSync(join(folder, file), 0))],
  ])("where %s", (_name, damage) =>
    inFolder(async (folder) => {
      const undisturbed = await campaign(folder);
      const files = contentsOf(folder);
      damage(folder, recordsIn(folder));
      expect(contentsOf(folder)).not.toEqual(files);
      expect(await campaign(folder)).toEqual(undisturbed);
      expect(contentsOf(folder)).toEqual(files);
    }),
  );

  function cut(path: string, lengthOf: (text: string) => number): void {
    truncateSync(path, lengthOf(readFileSync(path, "utf8")));
  }
});

describe("a campaign is refused before anything is written", () => {
  test.each<readonly [string, object, string]>([
    ["an unknown strategy", { strategies: [{ name: "random" }, { name: "sobl" }] }, "unknownStrategy"],
    ["an unknown option", { strategies: [{ name: "sobol", options: { scrambled: true } }] }, "unknownOption"],
    ["an option out of range", { strategies: [{ name: "grid", options: { resolution: 0 } }] }, "badConfig"],
    ["an unknown problem", { problems: ["branin", "brannin"] }, "unknownFunction"],
    ["a problem of a dimension it has not", { problems: ["bbob-f8-d1-i{seed}"] }, "outOfRange"],
  ])("where it names %s", (_name, change, code) =>
    inFolder(async (folder) => {
      const error: unknown = await campaign(join(folder, "out"), tinyPlan(change), true).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).code).toBe(code);
      expect(existsSync(join(folder, "out"))).toBe(false);
    }),
  );

  test("not even --fresh throws away runs for a plan that cannot be run", () =>
    inFolder(async (folder) => {
      await campaign(folder);
      const files = contentsOf(folder);
      await expect(campaign(folder, tinyPlan({ problems: ["nowhere"] }), true)).rejects.toThrow(ConfigError);
      expect(contentsOf(folder)).toEqual(files);
    }));

  test("where the last of its records was changed, though runs are missing before it", () =>
    inFolder(async (folder) => {
      await campaign(folder);
      const files = recordsIn(folder);
      const last = join(folder, files.find((file) => file.includes("i-seed") && file.includes("sobol") && file.endsWith("2.jsonl"))!);
      writeFileSync(last, readFileSync(last, "utf8").replace(/"value":\d/, '"value":9'));
      rmSync(join(folder, files.find((file) => file.includes("branin"))!));
      const before = contentsOf(folder);
      const error: unknown = await campaign(folder).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(JournalError);
      expect((error as CaviarError).what).toBe(`${last}, line 2`);
      expect(contentsOf(folder)).toEqual(before);
    }));

  test.each([0, -1, 1.5, NaN, Infinity, 257, 2])("with %d workers, as far as sources have any", (workers) =>
    inFolder(async (folder) => {
      const out = join(folder, "out");
      const error: unknown = await runCampaign(tinyPlan(), out, { command, workers }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({ code: "badWorkers", got: String(workers) });
      expect(existsSync(out)).toBe(false);
    }),
  );

  test("where the folder holds the runs of another plan", () =>
    inFolder(async (folder) => {
      await campaign(folder);
      const before = contentsOf(folder);
      await expect(campaign(folder, tinyPlan({ budget: 13, problems: ["sphere-d2", "branin"] }))).rejects.toThrow(JournalError);
      expect(contentsOf(folder)).toEqual(before);
    }));
});

describe("constraints between the parameters of a problem", () => {
  const right = { label: "branin, right half", id: "branin", where: [{ linear: { x1: 1 }, min: 2.5 }, "x1 + x2 <= 20"], minimum: 0.397887 };
  const falling = { label: "f8, ordered", id: "bbob-f8-d5-i{seed}", where: [{ less: ["x5", "x4", "x3"] }] };
  const plan = tinyPlan({ problems: ["branin", right, falling] });
  const holds: { readonly [problem: string]: (x: readonly number[]) => boolean } = {
    branin: () => true,
    "branin, right half": ([x1, x2]) => x1! >= 2.5 && x1! + x2! <= 20,
    "f8, ordered": ([, , x3, x4, x5]) => x5! < x4! && x4! < x3!,
  };

  test("are kept by every strategy and by the shared initial design, recorded, and told to the report", () =>
    inFolder(async (folder) => {
      const results = await campaign(folder, plan);
      expect(results.problems.map(({ id, where, optimum, optimumIsBound }) => ({ id, where, optimum, optimumIsBound }))).toEqual([
        { id: "branin", optimum: 0.3978873577297384 },
        { id: right.label, where: ["x1 >= 2.5", "x1 + x2 <= 20"], optimum: 0.397887 },
        { id: falling.label, where: ["x5 < x4 < x3"], optimum: 0, optimumIsBound: true },
      ]);
      const records = recordsIn(folder).map((path) =>
        readFileSync(join(folder, path), "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line)),
      );
      expect(records).toHaveLength(30);
      for (const [head, ...lines] of records) {
        const points = lines.filter(({ x }) => x !== undefined).map(({ x }) => x);
        expect(points.length).toBeGreaterThanOrEqual(12);
        expect(points.filter((x) => !holds[head.problem]!(x))).toEqual([]);
      }
    }));

  test("leave the box of the literature as it is, whatever the plan's instances are", () => {
    expect(resolvePlan(plan).problems.map((spec) => (spec.kind === "points" ? spec.instances : null))).toEqual([
      "cropped",
      "published",
      "published",
    ]);
  });

  test("hold for configurations that are trained, too", () =>
    inFolder(async (folder) => {
      const where = [{ sum: ["x1", "x2"], max: 1 }, "x3 >= x1"];
      const results = await campaign(folder, tinyTrainingPlan({ problems: [{ id: "mf-hartmann3-good", where }], initialPoints: 2 }));
      expect(results.problems[0]).toMatchObject({ where: ["x1 + x2 <= 1", "x3 >= x1"], optimumIsBound: true });
      const trained = Object.values(contentsOf(folder)).flatMap((text) =>
        text
          .split("\n")
          .filter((line) => line.includes('"config"'))
          .map((line) => JSON.parse(line).config),
      );
      expect(trained.length).toBeGreaterThan(30);
      expect(trained.filter(({ x1, x2, x3 }) => x1 + x2 > 1 || x3 < x1)).toEqual([]);
    }));

  test.each<readonly [string, object, string]>([
    ["name an unknown parameter", { id: "branin", where: [{ less: ["x1", "x9"] }] }, 'plan.problems, "branin", where[0].less'],
    ["are proved to leave nothing", { id: "branin", where: ["x1 + x2 >= 26"] }, 'plan.problems, "branin"'],
    ["leave nothing that is found", { id: "branin", where: ["x1^2 + x2^2 <= 0.04", "x1 + x2 >= 0.3"] }, 'plan.problems, "branin", where'],
  ])("are refused before anything is written where they %s", (_name, problem, what) =>
    inFolder(async (folder) => {
      const error: unknown = await campaign(join(folder, "out"), tinyPlan({ problems: [problem] })).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({ code: "badPlan", what: expect.stringContaining(what) });
      expect(existsSync(join(folder, "out"))).toBe(false);
    }),
  );
});

test("a run that asks for something else than its record has names its cell, and stops the campaign", () =>
  inFolder(async (folder) => {
    const results = await campaign(folder);
    const file = join(folder, "runs", "branin", "sobol", "1.jsonl");
    const { cells, facts } = resolvePlan(tinyPlan());
    const { name } = cells.at(2);
    const first = linesOf(cells.at(2)).all[0] as EvaluationLine;
    rmSync(file);
    const recorder = openRecorder(nodeDisk, file, headOf(facts.planHash, name));
    recorder.add({ ...first, x: [...first.x].reverse() });
    recorder.flush();
    recorder.close();
    rmSync(join(folder, "runs", "branin", "sobol", "2.jsonl"));
    const error: unknown = await campaign(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(JournalError);
    expect(error).toMatchObject({ code: "diverged", what: "branin, sobol, seed 1: measurement 0" });
    expect(existsSync(join(folder, "runs", "branin", "sobol", "2.jsonl"))).toBe(false);
    rmSync(file);
    expect(await campaign(folder)).toEqual(results);
  }));

describe("a campaign that counts resource", () => {
  const plan = tinyTrainingPlan({ problems: ["counting-ones-c2-r2", "mf-hartmann3-good"] });

  test("gathers what was recommended when, in full trainings, and says beforehand what strategies are going to do", () =>
    inFolder(async (folder) => {
      const told: string[] = [];
      const results = await runCampaign(plan, folder, {
        command,
        onSchedules: (schedules) => told.push(...schedules.map(({ strategies, problems }) => `${strategies.join()} on ${problems.join()}`)),
        onProgress: ({ done }) => expect([done > 0, told.length]).toEqual([true, 4]),
      });
      expect(told).toEqual([
        "hyperband on counting-ones-c2-r2",
        "hyperband on mf-hartmann3-good",
        "asha on counting-ones-c2-r2",
        "asha on mf-hartmann3-good",
      ]);
      expect(results).toMatchObject({ resource: plan.budget, noise: "that of each problem" });
      expect(results.schedules!.map(({ text }) => text)).toEqual(
        expect.arrayContaining([expect.stringContaining("9 to 729 sample, eta 9")]),
      );
      expect(results.problems.map(({ budget, fidelity, resumable }) => [budget, fidelity?.unit, resumable])).toEqual([
        [4, "sample", true],
        [4, "step", false],
      ]);
      for (const { strategy, problem, training, values } of results.runs) {
        expect(training!.spent).toBeGreaterThanOrEqual(strategy === "random x2" ? 8 : 4);
        expect(training!.from).toHaveLength(values.length);
        if (strategy.startsWith("random")) expect(training!.left.every((left) => left === 0)).toBe(true);
        if (strategy === "asha") expect(training!.left[0]).toBeCloseTo(problem === "mf-hartmann3-good" ? 1 : 1 - 1 / 81, 12);
      }
    }));

  test("continues to the same results and the same bytes where its runs were cut, recommendations too", () =>
    inFolder(async (folder) => {
      const undisturbed = await campaign(folder, plan);
      const files = contentsOf(folder);
      for (const share of [0.3, 0.8, 0.97]) {
        for (const file of recordsIn(folder)) truncateSync(join(folder, file), Math.floor(files[file]!.length * share));
        expect(await campaign(folder, plan)).toEqual(undisturbed);
        expect(contentsOf(folder)).toEqual(files);
      }
    }));

  test.each<readonly [string, object, string]>([
    ["a test function, which has no fidelity", { problems: ["branin"] }, "unknownFunction"],
    ["a range that the strategy cannot halve", { strategies: [{ name: "hyperband", options: { eta: 1 } }] }, "badConfig"],
  ])("is refused for %s, before anything is written", (_name, change, code) =>
    inFolder(async (folder) => {
      const error: unknown = await campaign(join(folder, "out"), tinyTrainingPlan(change)).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).code).toBe(code);
      expect(existsSync(join(folder, "out"))).toBe(false);
    }),
  );

  test("needs a fidelity for strategies that decide how far to train", () =>
    inFolder(async (folder) => {
      await expect(campaign(folder, tinyPlan({ strategies: [{ name: "hyperband" }] }))).rejects.toThrow(ConfigError);
      expect(filesIn(folder)).toEqual([]);
    }));
});

describe("the data hash", () => {
  test("depends on the plan and the recorded values, not on the folder or the command", () =>
    inFolder(async (folder) => {
      const results = await campaign(folder);
      const elsewhere = await runCampaign(tinyPlan(), join(folder, "elsewhere"), { command: "another command" });
      expect(elsewhere.dataHash).toBe(results.dataHash);
      const otherSeeds = await campaign(join(folder, "seeds"), tinyPlan({ seeds: { first: 2, count: 2 } }));
      expect(otherSeeds.dataHash).not.toBe(results.dataHash);
    }));
});

describe("the plan hash", () => {
  test("does not depend on the order of keys, nor on what was left to its usual value", () => {
    const { name, ...rest } = tinyPlan();
    expect(hashOf({ ...rest, name })).toBe(hashOf(tinyPlan()));
    expect(hashOf(tinyPlan({ title: "tiny" }))).toBe(hashOf(tinyPlan()));
    expect(hashOf(tinyPlan({ budget: 13 }))).not.toBe(hashOf(tinyPlan()));
  });
});

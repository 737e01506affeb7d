/** Later versions read the plans and records of every released format, or say why not. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { JournalError } from "@caviar-hpo/core";
import { buildReport } from "@caviar-hpo/report";
import { describe, expect, it, test } from "vitest";
import { contentsOf, filesIn, inFolder } from "../../testing/plans.ts";
import { hashOf, type Plan, readPlan } from "../plan/plan.ts";
import type { CampaignProgress } from "../run/runCells.ts";
import { runCampaign } from "./campaign.ts";

const formats = fileURLToPath(new URL("../../testing/formats/", import.meta.url));

/** Everything of one sort that all formats hold: its title, `1/quick.json`, and where it is. */
function saved(sort: "plans" | "campaigns"): readonly (readonly [title: string, path: string])[] {
  const folders = readdirSync(formats, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: format }) =>
    readdirSync(join(formats, format, sort))
      .filter((name) => name !== "resolved")
      .map((name) => [`${format}/${name}`, join(formats, format, sort, name)] as const),
  );
}

function json(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(...path), "utf8"));
}

type Resolved = { readonly hash: string; readonly plan: Plan };
type Campaign = { readonly command: string; readonly planHash: string; readonly dataHash: string };

describe.each(saved("plans"))("the plan %s", (_title, path) => {
  it("is read as it was, and has the hash that its records name", () => {
    const { hash, plan } = json(path, "../resolved", path.split(/[\\/]/).at(-1)!) as Resolved;
    const read = readPlan(json(path));
    expect(read).toEqual(plan);
    expect(hashOf(read)).toBe(hash);
    expect(readPlan(plan)).toEqual(plan);
  });
});

type Numbers = {
  readonly completeBlocks: number;
  readonly blocks: number;
  readonly problems: readonly {
    readonly problem: string;
    readonly budget: number;
    readonly completeSeeds: readonly number[];
    readonly strategies: readonly {
      readonly strategy: string;
      readonly runs: number;
      readonly failures: number;
      readonly finalLog10Regret: unknown;
    }[];
  }[];
};

/**
 * What every format of results.json says of the runs. Sentences and intervals belong to the version that wrote them. So do regrets under
 * noise: format 1 has those of the best evaluated points, later ones those of what the strategy recommends.
 */
function numbersIn(results: unknown, { noise }: Plan) {
  const { completeBlocks, blocks, problems } = results as Numbers;
  return {
    completeBlocks,
    blocks,
    problems: problems.map(({ problem, budget, completeSeeds, strategies }) => ({
      problem,
      budget,
      completeSeeds,
      strategies: strategies.map(({ strategy, runs, failures, finalLog10Regret }) => ({
        ...{ strategy, runs, failures },
        ...(noise === null && { finalLog10Regret }),
      })),
    })),
  };
}

describe.each(saved("campaigns"))("the campaign %s", (_title, path) => {
  const { command, planHash, dataHash } = json(path, "campaign.json") as Campaign;
  const plan = readPlan(json(path, "plan.json"));

  it("is read from its records alone, whose hashes hold, and gives the numbers of its results.json", () =>
    inFolder(async (folder) => {
      cpSync(path, folder, { recursive: true });
      const progress: CampaignProgress[] = [];
      const results = await runCampaign(plan, folder, { command, workers: 1, onProgress: (one) => progress.push(one) });
      expect(progress.at(-1)).toMatchObject({ kept: results.runs.length, total: results.runs.length });
      expect(results).toMatchObject({ planHash, dataHash });
      expect(numbersIn(JSON.parse(buildReport(results).json), plan)).toEqual(numbersIn(json(path, "results.json"), plan));
      expect(contentsOf(folder)).toEqual(contentsOf(path));
    }));

  it("judges noisy runs by what they would have recommended, the point with the best value that they were told", () =>
    inFolder(async (folder) => {
      cpSync(path, folder, { recursive: true });
      const { runs } = await runCampaign(plan, folder, { command, workers: 1 });
      for (const { values, recommended } of runs) {
        expect(recommended === undefined).toBe(plan.noise === null);
        if (recommended === undefined) continue;
        expect(recommended).toHaveLength(values.length);
        for (const value of recommended) expect(values).toContain(value);
      }
      const best = runs.map(({ values }) => Math.min(...values.map((value) => value ?? Infinity)));
      if (plan.noise !== null) expect(runs.some(({ recommended }, index) => recommended!.at(-1)! > best[index]!)).toBe(true);
    }));

  it("is refused where a digit in any record was changed", () =>
    inFolder(async (folder) => {
      const records = filesIn(path).filter((name) => name.endsWith(".jsonl"));
      for (const name of records) {
        cpSync(path, folder, { recursive: true });
        const text = readFileSync(join(path, name), "utf8");
        const at = text.search(/\d(?=[^\n]*\n[^\n]*\n$)/);
        writeFileSync(join(folder, name), `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`);
        const error: unknown = await runCampaign(plan, folder, { command, workers: 1 }).catch((thrown: unknown) => thrown);
        expect(error, name).toBeInstanceOf(JournalError);
        expect(error).toMatchObject({ code: "corrupt", what: join(folder, name) });
      }
      expect(records.length).toBeGreaterThan(3);
    }));
});

test("format 1 has the published plans and three more, and campaigns that count evaluations, resource and epochs of a network", () => {
  const names = (sort: "plans" | "campaigns"): readonly string[] =>
    saved(sort).flatMap(([title]) => (title.startsWith("1/") ? [title.slice(2)] : []));
  expect(names("plans")).toEqual([
    "every-key-of-resource.json",
    "every-key.json",
    "fewest-keys.json",
    "multi-fidelity.json",
    "quick.json",
    "testbed.json",
  ]);
  expect(names("campaigns")).toEqual(["fidelity", "points", "task"]);
});

/** Later versions read the plans and records of every released format, or say why not. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseWire } from "@caviar-hpo/core/wire";
import { buildReport } from "@caviar-hpo/report";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { describe, expect, it, test } from "vitest";
import { contentsOf, filesIn, inFolder } from "../../testing/plans.ts";
import { hashOf, type Plan, readPlan } from "../plan/plan.ts";
import { headOf, type RunHead, readRecord } from "../record/record.ts";
import type { CampaignProgress } from "../run/runCells.ts";
import { runCampaign } from "./campaign.ts";
import { campaignDisk } from "./campaignFolder.ts";

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
type Campaign = { readonly command: string; readonly planHash: string };
type Hashed = { readonly dataHash: string };

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
  const { command, planHash } = json(path, "campaign.json") as Campaign;
  // Format 1 has the hash of the data in campaign.json. Later fixtures have it in a file of their own.
  const { dataHash } = json(path, existsSync(join(path, "manifest.json")) ? "fixture.json" : "campaign.json") as Hashed;
  const plan = readPlan(json(path, "plan.json"));

  it("is read from its records alone, whose hashes hold, gives the numbers of its results.json, and judges noisy runs by recommendations", () =>
    inFolder(async (folder) => {
      cpSync(path, folder, { recursive: true });
      const progress: CampaignProgress[] = [];
      const results = await runCampaign(plan, folder, { command, workers: 1, onProgress: (one) => progress.push(one) });
      expect(progress.at(-1)).toMatchObject({ kept: results.runs.length, total: results.runs.length });
      expect(results).toMatchObject({ planHash, dataHash });
      expect(numbersIn(JSON.parse(buildReport(results).json), plan)).toEqual(numbersIn(json(path, "results.json"), plan));
      expect(contentsOf(folder)).toEqual(contentsOf(path));
      const { runs } = results;
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
      cpSync(path, folder, { recursive: true });
      const records = filesIn(path).filter((name) => name.endsWith(".jsonl"));
      for (const name of records) {
        const [text, record] = [readFileSync(join(path, name), "utf8"), join(folder, name)];
        const { plan: _plan, ...cell } = parseWire(text.slice(0, text.indexOf("\n"))) as RunHead;
        const at = text.search(/\d(?=[^\n]*\n[^\n]*\n$)/);
        writeFileSync(record, `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`);
        const refusal = expect.objectContaining({ code: "corrupt", what: expect.stringContaining(record) });
        expect(() => readRecord(campaignDisk(nodeDisk), record, headOf(planHash, cell)), name).toThrow(refusal);
        if (name === records.at(-1)) await expect(runCampaign(plan, folder, { command, workers: 1 })).rejects.toThrow(refusal);
        writeFileSync(record, text);
      }
      expect(records.length).toBeGreaterThan(3);
    }));
});

test.each([
  ["1", ["every-key-of-resource", "every-key", "fewest-keys", "multi-fidelity", "quick", "testbed"]],
  ["2", ["every-key-of-resource", "every-key", "fewest-keys", "held-out", "multi-fidelity", "quick", "tables", "testbed"]],
])("format %s has the published plans and three more, and campaigns that count evaluations, resource and epochs", (format, plans) => {
  const names = (sort: "plans" | "campaigns"): readonly string[] =>
    saved(sort).flatMap(([title]) => (title.startsWith(`${format}/`) ? [title.slice(2)] : []));
  expect(names("plans")).toEqual(plans.map((name) => `${name}.json`));
  expect(names("campaigns")).toEqual(["fidelity", "points", "task"]);
});

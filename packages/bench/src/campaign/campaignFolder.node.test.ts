/** One process at a time runs a campaign in a folder, and the folder says what it is before the first run. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JournalError, StateError } from "@caviar-hpo/core";
import { thisMachine } from "@caviar-hpo/runtime/disk";
import { describe, expect, it, test } from "vitest";
import { watchedRandom } from "../../testing/memoryCampaign.ts";
import { contentsOf, inFolder, recordsIn, tinyPlan } from "../../testing/plans.ts";
import { hashOf } from "../plan/plan.ts";
import type { CampaignProgress } from "../run/runCells.ts";
import { runCampaign } from "./campaign.ts";

const command = "npm run bench -- --plan tiny";
const plan = tinyPlan({ strategies: [{ name: "watched" }], problems: ["branin"] });

/** Two seeds of the strategy and of its twin. */
const runs = 4;

/** Runs the plan, and calls `onAsk` at each ask of its strategy. */
function campaign(folder: string, onAsk: () => void = () => {}, change: object = {}) {
  return runCampaign(plan, folder, { command, cards: [watchedRandom("watched", onAsk)], workers: 1, ...change });
}

const locksIn = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.startsWith("lock-"));
const json = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(...path), "utf8"));

async function refusal(outcome: Promise<unknown>): Promise<unknown> {
  return outcome.then(
    () => "not refused",
    (error: unknown) => error,
  );
}

describe("the folder of a campaign", () => {
  test("says which plan it is of before the first run, and has a lock until the end", () =>
    inFolder(async (folder) => {
      let asks = 0;
      await campaign(folder, () => {
        if (asks++ > 0) return;
        expect(json(folder, "campaign.json")).toEqual({ kind: "campaign", format: 2, command, planHash: hashOf(plan) });
        expect(hashOf(json(folder, "plan.json") as typeof plan)).toBe(hashOf(plan));
        expect(recordsIn(folder)).toEqual([]);
        expect(locksIn(folder)).toHaveLength(1);
      });
      expect(asks).toBeGreaterThan(1);
      expect(locksIn(folder)).toEqual([]);
    }));

  test("has the times of the asks next to each record, outside every hash", () =>
    inFolder(async (folder) => {
      const first = await campaign(folder);
      const times = json(folder, "times", "branin", "watched", "1.json") as { readonly asks: readonly number[] };
      expect(times).toEqual({ unit: "microsecond", asks: expect.any(Array) as unknown, predictions: [] });
      expect(times.asks).toHaveLength(12);
      expect(times.asks.every((one) => Number.isInteger(one) && one >= 0)).toBe(true);
      rmSync(join(folder, "times"), { recursive: true });
      expect(await campaign(folder)).toEqual(first);
    }));

  test("takes another command for the same plan, and names the last one", () =>
    inFolder(async (folder) => {
      await campaign(folder);
      await campaign(folder, () => {}, { command: "another command" });
      expect(json(folder, "campaign.json")).toMatchObject({ command: "another command" });
    }));

  test.each<readonly [string, string, object]>([
    ["is no JSON", "{", { code: "corrupt" }],
    ["is no head", '{"command":3}', { code: "corrupt" }],
    ["is that of another plan", '{"command":"x","planHash":"0123456789"}', { code: "otherPlan" }],
    ["is of a later format", '{"kind":"campaign","format":3}', { code: "laterFormat" }],
  ])("is refused as it is if its head %s, and with `fresh` becomes that of the plan", (_name, text, expected) =>
    inFolder(async (folder) => {
      await campaign(folder);
      const files = contentsOf(folder);
      writeFileSync(join(folder, "campaign.json"), text);
      const before = contentsOf(folder);
      const error = await refusal(campaign(folder));
      expect(error).toBeInstanceOf(JournalError);
      expect(error).toMatchObject(expected);
      expect(contentsOf(folder)).toEqual(before);
      await campaign(folder, () => {}, { fresh: true });
      expect(contentsOf(folder)).toEqual(files);
    }),
  );
});

describe("a second campaign in the folder", () => {
  test("is refused while the first one runs, however long that takes, and the first one is not disturbed", () =>
    inFolder(async (folder) => {
      const endless = tinyPlan({ ...plan, seeds: { count: 100_000 } });
      const cards = [watchedRandom("watched", () => {})];
      const stop = new Error("far enough");
      const errors: unknown[] = [];
      const first = runCampaign(endless, folder, {
        command,
        cards,
        onProgress: () => {
          if (errors.length === 2) throw stop;
        },
      });
      const others = [1, 2].map(() => runCampaign(endless, folder, { command, cards }).catch((error: unknown) => errors.push(error)));
      await expect(first).rejects.toBe(stop);
      await Promise.all(others);
      for (const error of errors) {
        expect(error).toBeInstanceOf(StateError);
        expect(error).toMatchObject({ code: "campaignLocked", got: "one that this process has open" });
      }
      expect(locksIn(folder)).toEqual([]);
      const seen: number[] = [];
      const onProgress = ({ done, kept }: CampaignProgress): void => {
        seen.push(kept);
        if (done > kept) throw stop;
      };
      await expect(runCampaign(endless, folder, { command, cards, onProgress })).rejects.toBe(stop);
      expect(seen.at(-1)).toBe(recordsIn(folder).length - 1);
    }));

  test("is refused while another machine has the lock, until its file is deleted", () =>
    inFolder(async (folder) => {
      const lock = join(folder, "lock-other");
      writeFileSync(lock, JSON.stringify({ ...thisMachine().self, host: "elsewhere", pid: 7 }));
      const error = await refusal(campaign(folder));
      expect(error).toMatchObject({ code: "campaignLocked", got: "one that process 7 of elsewhere has open" });
      expect((error as StateError).remedy).toContain(`delete ${lock}`);
      expect(existsSync(join(folder, "campaign.json"))).toBe(false);
      rmSync(lock);
      expect((await campaign(folder)).runs).toHaveLength(runs);
    }));

  it.runIf(process.platform === "linux")("runs if the process with the lock has ended", () =>
    inFolder(async (folder) => {
      const ended = spawn(process.execPath, ["-e", ""]);
      await new Promise((resolve) => ended.on("close", resolve));
      writeFileSync(join(folder, "lock-ended"), JSON.stringify({ ...thisMachine().self, pid: ended.pid, started: "1" }));
      expect((await campaign(folder)).runs).toHaveLength(runs);
      expect(locksIn(folder)).toEqual([]);
    }),
  );
});

test("a campaign whose lock was deleted stops before it writes again, and the folder can be continued", () =>
  inFolder(async (folder) => {
    let asks = 0;
    const stopped = campaign(folder, () => {
      if (++asks === 15) rmSync(join(folder, locksIn(folder)[0]!));
    });
    const error = await refusal(stopped);
    expect(error).toBeInstanceOf(StateError);
    expect(error).toMatchObject({ code: "takenOver" });
    expect(recordsIn(folder)).toHaveLength(1);
    expect((await campaign(folder)).runs).toHaveLength(runs);
  }));

/** cocopp and IOHinspector find the expected running times of a published campaign in the folders that `caviar export --coco` writes. */
// python: cocopp iohinspector six
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeTerminal } from "../../testing/fakeTerminal.ts";
import { caviar } from "../caviar.ts";

type Times = { readonly function: number; readonly expected: readonly (number | "Infinity")[] };
type Read = { readonly [strategy: string]: { readonly cocopp: readonly Times[]; readonly iohinspector: readonly Times[] } };
type Results = {
  readonly strategies: readonly { readonly label: string; readonly evaluationsPerStep: number }[];
  readonly runningTimes: {
    readonly toPrecision: readonly {
      readonly problem: string;
      readonly target: number;
      readonly expected: { readonly [strategy: string]: number | "Infinity" };
    }[];
  };
};

const script = fileURLToPath(new URL("../../../report/golden/cocoReads.py", import.meta.url));
const fromTop = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

describe.each(["bbob-small-d2", "bbob-small-d5", "bbob-small-d10"])("%s", (campaign) => {
  const folder = fromTop(`benchmarks/reports/${campaign}`);
  const results = JSON.parse(readFileSync(join(folder, "results.json"), "utf8")) as Results;
  let root: string;
  let read: Read;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "caviar-coco-"));
    expect(await caviar(["export", folder, "--coco", root], fakeTerminal())).toBe(0);
    const python = process.env.CAVIAR_PYTHON || "python3";
    read = JSON.parse(
      execFileSync(python, [script, root], { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"] }),
    ) as Read;
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test.each(["cocopp", "iohinspector"] as const)("%s finds the expected running times of results.json", (reader) => {
    // In a step of `random x2`, COCO counts two evaluations, and the report counts one.
    const single = new Set(results.strategies.filter(({ evaluationsPerStep }) => evaluationsPerStep === 1).map(({ label }) => label));
    const ours = results.runningTimes.toPrecision.flatMap(({ problem, target, expected }) =>
      Object.entries(expected).flatMap(([label, time]) => (single.has(label) ? [{ problem, target, label, time: rounded(time) }] : [])),
    );
    expect(ours.length).toBeGreaterThan(100);
    const theirs = ours.map(({ problem, target, label }) => {
      const times = read[label.replaceAll(" ", "-")]![reader].find((one) => one.function === functionOf(problem))!;
      return { problem, target, label, time: rounded(times.expected[Math.round(5 * (2 - Math.log10(target)))]!) };
    });
    expect(theirs).toEqual(ours);
  });
});

function functionOf(problem: string): number {
  return Number(/^bbob-f(\d+)-/.exec(problem)![1]);
}

function rounded(time: number | "Infinity"): number | "Infinity" {
  return time === "Infinity" ? time : Number(time.toPrecision(12));
}

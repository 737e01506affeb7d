/** cocopp and IOHinspector read the data folders, and find the expected running times of the report. */
// python: cocopp iohinspector six
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cocoRuns } from "../../../testing/cocoRuns.ts";
import { type CocoTimes, cocoTimes } from "../../../testing/cocoTimes.ts";
import { hostileNames } from "../../../testing/hostileNames.ts";
import golden from "./cocoFiles.golden.json" with { type: "json" };
import { cocoFiles } from "./cocoFiles.ts";

type Read = { readonly [folder: string]: { readonly cocopp: readonly CocoTimes[]; readonly iohinspector: readonly CocoTimes[] } };

const seed = Number(process.env.CAVIAR_PEERS_SEED ?? 1);
const script = fileURLToPath(new URL("../../../golden/cocoReads.py", import.meta.url));
const algorithms = [
  { folder: "golden", label: "golden", runs: cocoRuns("golden") },
  { folder: "drawn", label: "drawn", runs: cocoRuns(seed) },
  { folder: "hostile", label: hostileNames.join(" "), runs: cocoRuns("hostile").slice(0, 5) },
  { folder: "quoted", label: "it's, algId = 'x', 漢字", runs: cocoRuns("hostile").slice(0, 5) },
];

let root: string;
let read: Read;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "caviar-coco-"));
  for (const { folder, label, runs } of algorithms) {
    for (const { path, text } of cocoFiles(label, runs)) {
      mkdirSync(dirname(join(root, folder, path)), { recursive: true });
      writeFileSync(join(root, folder, path), text);
    }
  }
  const output = execFileSync(process.env.CAVIAR_PYTHON || "python3", [script, root], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  read = JSON.parse(output) as Read;
});

afterAll(() => rmSync(root, { recursive: true }));

test.each(["cocopp", "iohinspector"] as const)(
  "%s finds the expected running times of the report, whatever the name of the algorithm",
  (reader) => {
    for (const { folder, runs } of algorithms) expectSame(read[folder]![reader], cocoTimes(runs));
  },
);

test("cocopp reads every instance", () => {
  const { cocopp } = read.golden!;
  for (const { instances } of cocopp as readonly (CocoTimes & { readonly instances: readonly number[] })[])
    expect(instances).toEqual([1, 3, 101, 102, 110]);
});

test("the golden running times are those of cocopp", () => {
  expectSame(read.golden!.cocopp, golden);
});

/** cocopp ends a run where it has reached 1e-8, so the numbers of evaluations are not compared. */
function expectSame(found: readonly CocoTimes[], expected: readonly unknown[]): void {
  const inOrder = [...found].sort((a, b) => a.function - b.function || a.dimension - b.dimension);
  expect(inOrder.map(rounded)).toEqual((expected as readonly CocoTimes[]).map(rounded));
}

function rounded({ function: number, dimension, expected }: CocoTimes): unknown {
  return { number, dimension, expected: expected.map((time) => (time === "Infinity" ? time : Number(time.toPrecision(12)))) };
}

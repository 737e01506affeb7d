import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JournalError } from "@caviar-hpo/core";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inFolder } from "../../testing/plans.ts";
import { campaignDisk } from "../campaign/campaignFolder.ts";
import type { RecordLine } from "../run/transcript.ts";
import { sha256 } from "./canonical.ts";
import { linked } from "./chain.ts";
import { type RunHead, type RunRecord, readRecord, recordPath } from "./record.ts";
import { openRecorder, type Recorder } from "./recorder.ts";

const disk = campaignDisk(nodeDisk);
const head: RunHead = { plan: "abc", problem: "branin", strategy: "random", seed: 3 };
const lines: readonly RecordLine[] = [
  { x: [0.1, -2], value: 5e-324 },
  { x: [1e300, 0.30000000000000004], value: NaN, told: -1.5 },
  { x: [3, 4], value: 7.25, told: -Infinity },
  { trial: 0, config: { x: 0.1, c: "é\u2028\n", $num: -0 }, fidelity: 3, resource: 3.3000000000000003, told: 0.5 },
  { trial: 1, config: {}, fidelity: 1, resource: 4, told: Infinity },
  { from: 3, trial: 0, fidelity: 3, value: -0.25 },
  { from: 9, trial: 1, fidelity: 9, value: NaN },
];
const done = { spent: { evaluations: 5, resource: 4, scratch: 5.5, time: 4 }, failed: null } as const;
const failed = { ...done, failed: { kind: "crashed", message: "the model is not a function" } } as const;

function written(path: string, end: Parameters<Recorder["end"]>[0] | null = done, content = lines): string | null {
  const recorder = openRecorder(disk, path, head);
  for (const line of content) recorder.add(line);
  const hash = end === null ? null : recorder.end(end).hash;
  recorder.close();
  return hash;
}

/** A record without an end, as a run leaves it that was killed. */
function interrupted(path: string): string {
  written(path);
  const text = readFileSync(path, "utf8");
  const above = text.split("\n").slice(0, -2).join("\n");
  writeFileSync(path, `${above}\n`);
  return `${above}\n`;
}

const read = (path: string, expected = head): RunRecord | null => readRecord(disk, path, expected);

function refusal(path: string, expected = head): JournalError {
  try {
    read(path, expected);
  } catch (error) {
    expect(error).toBeInstanceOf(JournalError);
    return error as JournalError;
  }
  throw new Error("it was read");
}

describe("a record", () => {
  test("gives back what was written, to the bit, and its end", () =>
    inFolder((folder) => {
      const path = join(folder, "a", "b", "1.jsonl");
      const hash = written(path);
      expect(read(path)).toMatchObject({ format: 2, lines, end: { hash, fileHash: sha256(readFileSync(path)), ...done }, torn: false });
      written(join(folder, "failed.jsonl"), failed);
      expect(read(join(folder, "failed.jsonl"))).toMatchObject({ lines, end: failed });
    }));

  test("is lines whose chains and whose hash another program can check", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      const hash = written(path);
      const text = readFileSync(path, "utf8");
      let chain = "";
      for (const line of text.trimEnd().split("\n")) {
        const parts = /^(.*),"chain":"([0-9a-f]{16})"\}$/.exec(line)!;
        chain = createHash("sha256").update(`${chain}${parts[1]}}`).digest("hex").slice(0, 16);
        expect(parts[2]).toBe(chain);
        expect(Object.keys(JSON.parse(line) as object).at(-1)).toBe("chain");
      }
      const [above, rest] = text.split(',"sha256":"');
      expect(createHash("sha256").update(above!).digest("hex")).toBe(rest!.slice(0, 64));
      expect(rest!.slice(0, 64)).toBe(hash);
      expect(text.split("\n")[0]).toBe(
        '{"format":2,"kind":"run","plan":"abc","problem":"branin","seed":3,"strategy":"random","chain":"3b16129e3c310f2c"}',
      );
    }));

  test("that is not there is null; one without a whole line has no lines", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      expect(read(path)).toBeNull();
      writeFileSync(path, '{"format":2,"ki');
      expect(read(path)).toMatchObject({ lines: [], end: null, size: 0, torn: true });
      writeFileSync(path, "");
      expect(read(path)).toMatchObject({ lines: [], end: null, size: 0, torn: false });
    }));

  test("cut at any byte has its whole lines, or is whole", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path);
      const bytes = readFileSync(path);
      for (let length = bytes.length - 1; length >= 0; length--) {
        truncateSync(path, length);
        const whole = bytes.subarray(0, length).toString("utf8").split("\n").length - 1;
        expect(read(path), `cut at ${length}`).toMatchObject({ lines: lines.slice(0, Math.max(0, whole - 1)), end: null });
      }
    }));

  test("continues after a cut as if it had never been cut", () =>
    inFolder((folder) => {
      const [whole, cut] = [join(folder, "1.jsonl"), join(folder, "2.jsonl")];
      const hash = written(whole);
      const bytes = readFileSync(whole);
      for (const length of [0, 30, 150, 330, bytes.length - 40, bytes.length - 1]) {
        writeFileSync(cut, bytes.subarray(0, length));
        const recorder = openRecorder(disk, cut, head);
        for (const line of lines.slice(recorder.recorded.length)) recorder.add(line);
        expect(recorder.end(done)).toMatchObject({ hash, fileHash: sha256(bytes) });
        recorder.close();
        expect(readFileSync(cut).equals(bytes)).toBe(true);
      }
    }));

  test("keeps every number: NaN, the infinities, -0, 5e-324, whole numbers beyond 2^53", () => {
    const special = fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 5e-324, 2 ** 53 + 2, 1e21, -1.7976931348623157e308);
    const any = fc.oneof(special, fc.double());
    const finite = any.filter(Number.isFinite);
    const line = fc.oneof(
      fc.record({ x: fc.array(finite, { minLength: 1, maxLength: 4 }), value: any, told: any }),
      fc.record({ x: fc.array(finite, { minLength: 1, maxLength: 4 }), value: any }),
      fc.record({ from: finite, trial: fc.nat(), fidelity: finite, value: any }),
    );
    return inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      fc.assert(
        fc.property(fc.array(line, { maxLength: 5 }), (content) => {
          nodeDisk.remove(path);
          const hash = written(path, done, content);
          expect(read(path)).toMatchObject({ end: { hash } });
          expect(same(read(path)!.lines, content)).toBe(true);
        }),
        { seed: 1, numRuns: 60 },
      );
    });
  });
});

/** As `toEqual`, and tells 0 from -0. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return Object.is(a, b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key as never], b[key as never]));
}

describe("damage", () => {
  const digitOfFormat = '{"format":'.length;

  test("of any byte of a finished record is found, and the line is named", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path);
      const bytes = readFileSync(path);
      for (let at = 0; at < bytes.length - 1; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ 1;
        writeFileSync(path, changed);
        const line = bytes.subarray(0, at).toString("latin1").split("\n").length;
        const { code, what, remedy } = refusal(path);
        if (at === digitOfFormat) expect(code).toBe("laterFormat");
        else expect([code, what], `byte ${at}`).toEqual(["corrupt", `${path}, line ${line}`]);
        expect(remedy).toMatch(/Restore|--fresh|Update/);
      }
    }));

  test("of any byte of an unfinished record is found too, or cut off with a torn last line", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      const bytes = Buffer.from(interrupted(path));
      const last = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ 1;
        writeFileSync(path, changed);
        if (at === bytes.length - 1) expect(read(path)).toMatchObject({ lines: lines.slice(0, -1), torn: true, size: last });
        else expect(refusal(path).code, `byte ${at}`).toBe(at === digitOfFormat ? "laterFormat" : "corrupt");
      }
    }));

  test.each<readonly [string, (lines: string[]) => readonly string[], number]>([
    ["a line was removed", (all) => all.filter((_, index) => index !== 2), 3],
    ["a line was doubled", (all) => all.flatMap((line, index) => (index === 2 ? [line, line] : [line])), 4],
    ["two lines changed places", ([a, b, c, ...rest]) => [a!, c!, b!, ...rest], 2],
    ["the first lines were removed", (all) => all.slice(2), 1],
    ["a line of the run follows the end", (all) => [...all, all[1]!], 10],
    ["a value was edited after the end was deleted", (all) => all.slice(0, -1).map((line) => line.replace("5e-324", "6e-324")), 2],
    ["the status was edited", (all) => all.map((line) => line.replace('"status":"done"', '"status":"good"')), 9],
    ["the counts were edited", (all) => all.map((line) => line.replace('"lines":7', '"lines":6')), 9],
    ["the end is that of a shorter run", (all) => [...all.slice(0, 3), all.at(-1)!], 4],
    ["a line has no chain", (all) => all.map((line, index) => (index === 1 ? '{"value":5e-324,"x":[0.1,-2]}' : line)), 2],
    ["the line ends are those of Windows", (all) => all.map((line) => `${line}\r`), 1],
    ["a byte order mark comes first", ([first, ...rest]) => [`\ufeff${first}`, ...rest], 1],
  ])("is found where %s", (_name, change, line) =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path);
      writeFileSync(path, `${change(readFileSync(path, "utf8").trimEnd().split("\n")).join("\n")}\n`);
      expect(refusal(path)).toMatchObject({ code: "corrupt", what: `${path}, line ${line}` });
    }),
  );

  test("is the start of another line after the end line", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path);
      writeFileSync(path, `${readFileSync(path, "utf8")}{"x":`);
      expect(refusal(path)).toMatchObject({ code: "corrupt", what: `${path}, line 10`, got: "the start of another line" });
    }));

  test.each([
    ["is no line of a run", '{"worth":5e-324}', "a line of a run"],
    ["has a key twice", '{"value":1,"value":2,"x":[1]}', "a line of a run"],
    ["has a point that is no list of values", '{"value":1,"x":[[1]]}', "a string, a boolean or a finite number"],
    ["is no JSON", '{"value":1,"x":[1}', "a line of a run"],
  ])("is a rightly chained line that %s", (_name, body, expected) =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path, null, []);
      const first = linked("", '{"format":2,"kind":"run","plan":"abc","problem":"branin","seed":3,"strategy":"random"}');
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${first.line}\n${linked(first.chain, body).line}\n`);
      expect(refusal(path)).toMatchObject({ code: "corrupt", what: expect.stringContaining(`${path}, line 2`) as string, expected });
    }),
  );

  test("a record of a later format is refused as such", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      writeFileSync(path, `${linked("", '{"format":3,"kind":"run"}').line}\n`);
      expect(refusal(path)).toMatchObject({ code: "laterFormat", got: "format 3" });
      writeFileSync(path, '{"format":4,"of":"another kind"}\n');
      expect(refusal(path)).toMatchObject({ code: "laterFormat", got: "format 4" });
    }));

  test.each<readonly [string, Partial<RunHead>]>([
    ["plan", { plan: "abd" }],
    ["problem", { problem: "sphere-d2" }],
    ["strategy", { strategy: "sobol" }],
    ["seed", { seed: 4 }],
  ])("a record of another %s is refused, with what to do", (_name, change) =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path);
      expect(refusal(path, { ...head, ...change }).remedy).toContain("--fresh");
    }),
  );
});

describe("a record's path", () => {
  const pathOf = (problem: string, label: string): string => recordPath("out", { problem, strategy: label, seed: 1 });

  test("is made of plain names as they are", () => {
    expect(pathOf("branin", "random")).toBe(join("out", "runs", "branin", "random", "1.jsonl"));
  });

  test("never leaves the folder, whatever the names", () => {
    for (const name of [
      "..",
      "../../etc/passwd",
      "/etc/passwd",
      "C:\\x",
      "a/b",
      ".",
      "CON",
      "-rf",
      "~",
      "a\0b",
      "%2e%2e",
      "x".repeat(300),
      "日本",
      "\u202e",
    ])
      expect(pathOf(name, name)).toMatch(/^out[\\/]runs[\\/]([a-z0-9-]{0,57})[\\/]\1[\\/]1\.jsonl$/);
  });

  test("differs for names that a file system may take for one", () => {
    const names = ["random x2", "random-x2", "Random x2", "random  x2", "caf\u00e9", "cafe\u0301", "x".repeat(60), "x".repeat(61)];
    expect(new Set(names.map((name) => pathOf("branin", name).toLowerCase())).size).toBe(names.length);
  });
});

test("nothing is made by looking", () =>
  inFolder((folder) => {
    read(join(folder, "runs", "1.jsonl"));
    expect(existsSync(join(folder, "runs"))).toBe(false);
  }));

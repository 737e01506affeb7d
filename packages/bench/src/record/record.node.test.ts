import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JournalError } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { inFolder } from "../../testing/plans.ts";
import type { RecordLine } from "../run/transcript.ts";
import { sha256 } from "./canonical.ts";
import { createRecorder, type RunHead, readRecord, recordPath } from "./record.ts";

const head: RunHead = { plan: "abc", problem: "branin", strategy: "random", seed: 3 };
const lines: readonly RecordLine[] = [
  { x: [0.1, -2], value: 5e-324 },
  { x: [1e300, 0.30000000000000004], value: null, told: -1.5 },
  { x: [3, 4], value: 7.25, told: null },
  { trial: 0, config: { x: 0.1, c: "a" }, fidelity: 3, resource: 3.3000000000000003, told: 0.5 },
  { trial: 1, config: {}, fidelity: 1, resource: 4, told: null },
  { from: 3, trial: 0, fidelity: 3, value: -0.25 },
  { from: 9, trial: 1, fidelity: 9, value: null },
];

function written(path: string, end = true): string | null {
  const recorder = createRecorder(path, head, []);
  for (const line of lines) recorder.add(line);
  return end ? recorder.end() : null;
}

function refusal(path: string, expected = head): JournalError {
  try {
    readRecord(path, expected);
  } catch (error) {
    expect(error).toBeInstanceOf(JournalError);
    return error as JournalError;
  }
  throw new Error("it was read");
}

describe("a record", () => {
  test("gives back what was written, to the bit, and its hash", () =>
    inFolder((folder) => {
      const path = join(folder, "a", "b", "1.jsonl");
      const hash = written(path);
      expect(readRecord(path, head)).toEqual({ lines, hash });
      const text = readFileSync(path, "utf8").split("\n");
      expect(text[0]).toBe('{"format":1,"kind":"run","plan":"abc","problem":"branin","seed":3,"strategy":"random"}');
      expect(hash).toBe(sha256(`${text.slice(0, 1 + lines.length).join("\n")}\n`));
      expect(text.slice(1 + lines.length)).toEqual([`{"sha256":"${hash}"}`, ""]);
    }));

  test("that is not there is null, as is one without a whole line", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      expect(readRecord(path, head)).toBeNull();
      writeFileSync(path, '{"format":1,"ki');
      expect(readRecord(path, head)).toBeNull();
    }));

  test("cut at any byte has its whole lines, or is whole", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      const hash = written(path);
      const text = readFileSync(path, "utf8");
      for (let length = text.length - 1; length >= 0; length--) {
        truncateSync(path, length);
        const whole = text.slice(0, length).split("\n").length - 1;
        expect(readRecord(path, head), `cut at ${length}`).toEqual(whole === 0 ? null : { lines: lines.slice(0, whole - 1), hash: null });
      }
      expect(hash).not.toBeNull();
    }));

  test("continues after a cut as if it had never been cut", () =>
    inFolder((folder) => {
      const [whole, cut] = [join(folder, "1.jsonl"), join(folder, "2.jsonl")];
      const hash = written(whole);
      writeFileSync(cut, readFileSync(whole, "utf8").slice(0, 150));
      const earlier = readRecord(cut, head)!;
      const recorder = createRecorder(cut, head, earlier.lines);
      for (const line of lines.slice(earlier.lines.length)) recorder.add(line);
      expect(recorder.end()).toBe(hash);
      expect(readFileSync(cut, "utf8")).toBe(readFileSync(whole, "utf8"));
    }));

  test("is on the disk, head first, before its run has ended", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      createRecorder(path, head, []);
      expect(readRecord(path, head)).toEqual({ lines: [], hash: null });
    }));

  test("in which any byte above the end was changed is refused", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path);
      const text = readFileSync(path, "utf8");
      const body = text.lastIndexOf('{"sha256"');
      for (let at = 0; at < body - 1; at++) {
        const old = text[at]!;
        const changed = /\d/.test(old) ? String((Number(old) + 1) % 10) : old === " " ? "_" : " ";
        if (old === "\n") continue;
        writeFileSync(path, text.slice(0, at) + changed + text.slice(at + 1));
        expect(refusal(path).code, `byte ${at}`).toBe("corrupt");
      }
    }));

  test.each<readonly [string, (text: string) => string]>([
    ["a line was dropped", (text) => text.replace(/\n[^\n]*5e-324[^\n]*/, "")],
    ["a line was doubled", (text) => text.replace(/(\{[^\n]*5e-324[^\n]*\n)/, "$1$1")],
    ["two lines changed places", (text) => text.replace(/\n(.*)\n(.*)\n/, "\n$2\n$1\n")],
    ["a line follows the end", (text) => `${text}{"x":[1,2],"value":3}\n`],
    ["the end has another hash", (text) => text.replace(/"sha256":"./, '"sha256":"x')],
    ["a line is no evaluation", (text) => text.replace('"value":5e-324', '"worth":5e-324')],
    ["a point is no number", (text) => text.replace("[0.1,-2]", '[0.1,"-2"]')],
    ["a line is no JSON", (text) => text.replace('{"told"', "{told")],
  ])("is refused where %s", (_name, change) =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path);
      const text = readFileSync(path, "utf8");
      writeFileSync(path, change(text));
      expect(readFileSync(path, "utf8")).not.toBe(text);
      expect(refusal(path)).toMatchObject({ code: "corrupt", what: path });
    }),
  );

  test.each<readonly [string, Partial<RunHead>]>([
    ["plan", { plan: "abd" }],
    ["problem", { problem: "sphere-d2" }],
    ["strategy", { strategy: "sobol" }],
    ["seed", { seed: 4 }],
  ])("of another %s is refused, with what to do", (_name, change) =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      written(path, false);
      expect(refusal(path, { ...head, ...change }).remedy).toContain("--fresh");
    }),
  );

  test("may end with a torn line after its end was written whole: only that is cut", () =>
    inFolder((folder) => {
      const path = join(folder, "1.jsonl");
      const hash = written(path);
      appendFileSync(path, '{"x":');
      expect(readRecord(path, head)).toEqual({ lines, hash });
    }));
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
    readRecord(join(folder, "runs", "1.jsonl"), head);
    expect(existsSync(join(folder, "runs"))).toBe(false);
  }));

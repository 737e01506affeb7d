import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { fakeStream } from "../../testing/fakeTerminal.ts";
import { errorText, systemErrorText } from "./errorText.ts";
import { printable } from "./printable.ts";
import { type Counts, progressLine } from "./progress.ts";
import { textTable } from "./table.ts";

const hostile: readonly string[] = [
  "\u001b[2J\u001b[31mred",
  "\u001b]8;;http://example.com\u0007link\u001b]8;;\u0007",
  "\u009b31m",
  "line\nbreak\r\u2028\u2029\u0085",
  "\u202Eright to left\u2066",
  "tab\tnull\0bell\u0007backspace\b",
  "\ud800 lone",
  "soft\u00adhyphen\u200bzero\ufeffwidth",
];

/** Control, format, private, unassigned and lone surrogate characters, and every line separator. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

describe("printable text", () => {
  test.each(hostile)("of %j holds nothing that moves a cursor, colours, links or reorders", (text) => {
    expect(printable(text)).not.toMatch(unprintable);
  });

  test("shows what was there", () => {
    expect(printable("a\u001b[2Jb\n\u202e")).toBe("a\\u{1b}[2Jb\\u{a}\\u{202e}");
  });

  test("leaves letters, digits, signs, accents and emoji alone", () => {
    const text = "α Größe 日本 معدل 🐼 e\u0301 <script> | \\ = +";
    expect(printable(text)).toBe(text);
  });
});

describe("a table", () => {
  test("leans its columns and draws a rule under their titles", () => {
    const table = textTable(
      [
        { title: "strategy", align: "left" },
        { title: "rank", align: "right" },
      ],
      [
        ["random", "10.5"],
        ["a longer name", "1"],
      ],
    );
    expect(table.split("\n")).toEqual(["strategy       rank", "─────────────  ────", "random         10.5", "a longer name     1"]);
  });

  test("has a line a row, whatever the cells hold", () => {
    const lines = textTable(
      [{ title: "name", align: "left" }],
      hostile.map((name) => [name]),
    ).split("\n");
    expect(lines).toHaveLength(hostile.length + 2);
    for (const line of lines) expect(line).not.toMatch(unprintable);
  });

  test("without rows has its titles", () => {
    expect(textTable([{ title: "name", align: "right" }], [])).toBe("name\n────");
  });
});

describe("an error on the terminal", () => {
  test("says what, what was expected, what came and what to do, a line each", () => {
    const error = new ConfigError({ code: "x", what: "strategy", expected: "one of a, b", got: '"c"', remedy: 'Did you mean "a"?' });
    expect(errorText(error)).toBe('strategy\n  expected  one of a, b\n  got       "c"\n  Did you mean "a"?\n');
  });

  test("stays four lines without control characters, whatever its parts hold", () => {
    for (const part of hostile) {
      const lines = errorText(new ConfigError({ code: "x", what: part, expected: part, got: part, remedy: part })).split("\n");
      expect(lines).toHaveLength(5);
      for (const line of lines) expect(line).not.toMatch(unprintable);
    }
  });

  test("of the operating system says what to do", () => {
    const text = systemErrorText(Object.assign(new Error("EACCES: permission denied, mkdir '/\u001b[2J'"), { code: "EACCES" }));
    expect(text).toBe(
      "EACCES: permission denied, mkdir '/\\u{1b}[2J'\n  Check the path, its permissions and the free space. Then give the same command again.\n",
    );
  });
});

describe("progress", () => {
  const counts = (done: number, total: number, kept = 0): Counts => ({ done, total, kept });
  const drawn = (text: string): readonly string[] => text.split("\r\u001b[2K").slice(1);

  test("on a terminal is one line, rewritten in place and taken off at the end", () => {
    const stream = fakeStream({ isTTY: true, columns: 120 });
    const progress = progressLine(stream);
    progress.update(counts(1, 20), "branin, random, seed 1");
    for (let done = 2; done <= 19; done++) progress.update(counts(done, 20), "too soon to be drawn");
    progress.update(counts(20, 20), "branin, sobol, seed 9");
    progress.end();
    expect(stream.text()).not.toContain("\n");
    const [first, last, end, ...more] = [drawn(stream.text())[0]!, ...drawn(stream.text()).slice(-2)];
    expect(first).toMatch(/^█{2}░{28} {2}1\/20, \d+ s left {2}branin, random, seed 1$/);
    expect(last).toMatch(/^█{30} 20\/20, 0 s left {2}branin, sobol, seed 9$/);
    expect([end, more]).toEqual(["", []]);
  });

  test("is never wider than the terminal, nor does a name break out of it", () => {
    const stream = fakeStream({ isTTY: true, columns: 60 });
    const progress = progressLine(stream);
    progress.update(counts(1, 2), `${"long ".repeat(40)}\n\u001b[2J`);
    progress.update(counts(2, 2), hostile.join(" "));
    for (const line of drawn(stream.text())) {
      expect(line.length).toBeLessThan(60);
      expect(line).not.toMatch(unprintable);
    }
  });

  test("elsewhere is a plain line at every tenth", () => {
    const stream = fakeStream();
    const progress = progressLine(stream);
    for (let done = 1; done <= 200; done++) progress.update(counts(done, 200), "\u001b[2J");
    progress.end();
    const lines = stream.text().trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0] || line.trim().split(" ")[0])).toEqual(
      Array.from({ length: 10 }, (_, index) => `${20 * (index + 1)}/200`),
    );
    for (const line of lines) expect(line).toMatch(/^ *\d+\/200 runs, \d+ s, \d+ s left$/);
    expect(stream.text()).not.toMatch(/[^\P{C}\n]/u);
  });

  test("tells no time that is left from what was kept, which took none", () => {
    const stream = fakeStream({ isTTY: true, columns: 120 });
    const progress = progressLine(stream);
    progress.update(counts(900, 1000, 900), "branin, random, seed 1");
    progress.update(counts(1000, 1000, 1000), "branin, sobol, seed 9");
    expect(drawn(stream.text())).toEqual([
      `${"█".repeat(27)}░░░  900/1000  branin, random, seed 1`,
      `${"█".repeat(30)} 1000/1000  branin, sobol, seed 9`,
    ]);
  });

  test("elsewhere, of fewer runs than tenths, is a line a run", () => {
    const stream = fakeStream({ isTTY: false });
    const progress = progressLine(stream);
    for (let done = 1; done <= 3; done++) progress.update(counts(done, 3), "");
    expect(stream.text().split("\n")).toHaveLength(4);
  });
});

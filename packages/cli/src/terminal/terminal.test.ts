import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { fakeStream } from "../../testing/fakeTerminal.ts";
import { errorJson, errorText, systemErrorJson, systemErrorText } from "./errorText.ts";
import { jsonLine, jsonText } from "./jsonText.ts";
import { type Paint, paintFor } from "./paint.ts";
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

const plain: Paint = paintFor(fakeStream(), { env: {} });

/** Control, format, private, unassigned and lone surrogate characters, and every line separator. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

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
    expect(errorText(error, plain)).toBe('strategy\n  expected  one of a, b\n  got       "c"\n  Did you mean "a"?\n');
  });

  test("stays four lines without control characters, whatever its parts hold", () => {
    for (const part of hostile) {
      const lines = errorText(new ConfigError({ code: "x", what: part, expected: part, got: part, remedy: part }), plain).split("\n");
      expect(lines).toHaveLength(5);
      for (const line of lines) expect(line).not.toMatch(unprintable);
    }
  });

  test("of the operating system has the same four lines", () => {
    const text = systemErrorText(
      Object.assign(new Error("EACCES: permission denied, mkdir '/\u001b[2J'"), { code: "EACCES", path: "/\u001b[2J" }),
    );
    expect(text).toBe(
      "/\\u{1b}[2J\n  expected  a system that allows it\n  got       EACCES: permission denied, mkdir '/\\u{1b}[2J'\n  Check the path, its permissions and the free space. Then give the same command again.\n",
    );
  });
});

describe("an error as JSON", () => {
  test("is one line, with the code, on which a program can decide", () => {
    const error = new ConfigError({ code: "x", what: hostile.join(""), expected: "b", got: "c", remedy: "d" });
    const line = errorJson(error);
    expect(JSON.parse(line)).toEqual({ error: { code: "x", what: expect.any(String) as string, expected: "b", got: "c", remedy: "d" } });
    expect(line.trimEnd()).not.toMatch(unprintable);
    expect(JSON.parse(systemErrorJson(Object.assign(new Error("full"), { code: "ENOSPC" })))).toMatchObject({
      error: { code: "ENOSPC", what: "operating system", expected: "a system that allows it", got: "full" },
    });
  });
});

describe("JSON", () => {
  test("keeps every text, and holds nothing that moves a cursor, colours, links or reorders", () => {
    const value = [...hostile.filter((text) => !/\p{Cs}/u.test(text)), "\u{e0001} tag", "\ud83d\udc3c"];
    for (const text of [jsonLine(value), jsonText(value)]) {
      expect(JSON.parse(text)).toEqual(value);
      for (const line of text.split("\n")) expect(line).not.toMatch(unprintable);
    }
    expect(jsonLine(value).trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("a colour", () => {
  test("is shown on a terminal, and nowhere else", () => {
    expect(paintFor(fakeStream({ isTTY: true }), { env: {} }).red("x")).toBe("\u001b[31mx\u001b[39m");
    expect(paintFor(fakeStream({ isTTY: false }), { env: {} }).red("x")).toBe("x");
    expect(paintFor(fakeStream(), { env: {} }).bold("x")).toBe("x");
  });

  test("is not shown where NO_COLOR is set, or the terminal has none", () => {
    const stream = fakeStream({ isTTY: true });
    expect(paintFor(stream, { env: { NO_COLOR: "1" } }).green("x")).toBe("x");
    expect(paintFor(stream, { env: { TERM: "dumb" } }).green("x")).toBe("x");
    expect(paintFor(stream, { env: { NO_COLOR: "" } }).green("x")).toBe("\u001b[32mx\u001b[39m");
  });
});

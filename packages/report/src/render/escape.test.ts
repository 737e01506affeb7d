import { test } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileNames } from "../../testing/hostileNames.ts";
import { readLatexTable } from "../../testing/strictLatex.ts";
import { everyNode, parseMarkup, textOf } from "../../testing/strictMarkup.ts";
import { fileNamePart } from "../figures/fileNamePart.ts";
import { nameCell, textColumn } from "../page/pageTable.ts";
import { named } from "../page/phrase.ts";
import { visible } from "../visible.ts";
import { escapeCsv } from "./csv.ts";
import { dataJson } from "./dataJson.ts";
import { escapeJson } from "./escapeJson.ts";
import { escapeMarkdown } from "./escapeMarkdown.ts";
import { escapeLatex, latexTable } from "./latex.ts";
import { escapeMarkup } from "./markup.ts";
import { escapeTerminal } from "./terminal.ts";

describe("visible text", () => {
  it("shows control characters as pictures and what XML forbids as U+FFFD", () => {
    expect(visible("a\u0000\n\u001b\u007fb")).toBe("a\u2400\u240a\u241b\u2421b");
    expect(visible("\u009b \ud800 \ufffe")).toBe("\ufffd \ufffd \ufffd");
  });

  it("leaves all other text alone, astral characters included", () => {
    for (const text of ["", "漢字 ünïcödé 🐟", "<&>\"'", "a\u202eb\u2028"]) expect(visible(text)).toBe(text);
  });
});

describe.each(hostileNames)("the name %j", (name) => {
  it("comes back as text from between tags and from an attribute", () => {
    const top = parseMarkup(`<p title="${escapeMarkup(name)}">${escapeMarkup(name)}</p>`);
    expect(everyNode(top).length).toBe(2);
    const paragraph = everyNode(top)[1]!;
    expect(textOf(paragraph)).toBe(visible(name));
    expect(paragraph.attributes).toEqual({ title: visible(name) });
  });

  it("is one CSV cell that starts no formula", () => {
    const written = escapeCsv(name);
    const cell = written.startsWith('"') ? written.slice(1, -1).replace(/""/g, '"') : written;
    expect(written).toMatch(/^(?:"(?:[^"]|"")*"|[^",;\s]*)$/);
    expect([visible(name), `'${visible(name)}`]).toContain(cell);
    expect(cell).not.toMatch(/^[\s\u2400-\u2421]*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
  });

  it("starts nothing in Markdown", () => {
    const written = escapeMarkdown(name);
    const unescaped = written.replace(/\\[!-/:-@[-`{-~]/g, "");
    expect(unescaped).not.toMatch(/[`*_[\](){}<>|~$\\]/);
    expect(unescaped.replace(/&#64;/g, "")).not.toMatch(/[&#@:\n\r\u2028\u2029]|www\./i);
    expect(written.replace(/&#64;/g, "@").replace(/\\([!-/:-@[-`{-~])/g, "$1")).toBe(
      visible(name)
        .replace(/[\u2028\u2029]/g, "\ufffd")
        .replace("\u202e", "<U+202E>")
        .replace("\u2066", "<U+2066>")
        .trim(),
    );
  });

  it("sends a terminal nothing but printable text in its order", () => {
    for (const character of escapeTerminal(name)) {
      const code = character.codePointAt(0)!;
      expect(code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0)).toBe(true);
      expect(code < 0x200b || code > 0x200f).toBe(true);
      expect(code < 0x2028 || code > 0x202e).toBe(true);
      expect(code < 0x2066 || code > 0x2069).toBe(true);
    }
  });

  it("is unchanged JSON that also fits inside a page", () => {
    const written = escapeJson(JSON.stringify({ name }));
    expect(JSON.parse(written)).toEqual({ name });
    expect(written).not.toMatch(/[<>&\u2028\u2029]/);
  });

  it("is one cell of a LaTeX table, which shows that text", () => {
    const table = latexTable({ columns: [textColumn(named(name)), textColumn("b")], rows: [[nameCell(name), nameCell(name)]] });
    expect(readLatexTable(table)).toEqual([
      [escapeTerminal(name), "b"],
      [escapeTerminal(name), escapeTerminal(name)],
    ]);
  });

  it("is a text of a series in the JSON of a figure", () => {
    const rows = [
      [name, 0.1, null],
      [name, Infinity, 2],
      ["b", 3, 4],
    ];
    const written = dataJson({ columns: [name, "x", "y"], rows });
    expect(written).not.toMatch(/[<>&\u2028\u2029]/);
    const { columns, series } = JSON.parse(written) as {
      readonly columns: unknown;
      readonly series: readonly (readonly [string, unknown])[];
    };
    expect(columns).toEqual(["x", "y"]);
    const entries = [
      [
        name,
        name,
        [
          [0.1, null],
          ["Infinity", 2],
        ],
      ],
      [name, "b", [[3, 4]]],
    ] as const;
    expect(series.map(Object.entries)).toEqual(
      entries.map(([key, text, numbers]) => [
        [key, text],
        ["rows", numbers],
      ]),
    );
  });

  it("leaves only letters, digits and single hyphens for a file name", () => {
    expect(fileNamePart(name)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
    expect(fileNamePart(name).length).toBeLessThanOrEqual(40);
  });
});

it("a strict parser refuses what is not escaped, so the checks above can fail", () => {
  for (const name of ["<script>", "a & b", "</p>", "<img src=x>", "<b"]) {
    expect(() => {
      const top = parseMarkup(`<p>${name}</p>`);
      if (everyNode(top).length !== 2) throw new Error("another element");
    }).toThrow();
  }
});

describe("LaTeX", () => {
  test.prop([fc.string({ unit: fc.constantFrom(..."-'`,!?–—“”‘’[]{}$%_^~*&#<>|\\\" a⁻²₀é漢·×"), maxLength: 12 })])(
    "shows any text as it is, at the start of a row and inside bold text too",
    (text) => {
      const cell = { text: [named(text)], detail: text, tone: "best" as const };
      const [, row] = readLatexTable(latexTable({ columns: [textColumn("a"), textColumn("b")], rows: [[cell, nameCell(text)]] }));
      expect(row).toEqual([`${text} ${text}`, text]);
    },
  );

  it("shows two raised minus signs as they are", () => {
    const [, row] = readLatexTable(latexTable({ columns: [textColumn("a")], rows: [[nameCell("⁻⁻²")]] }));
    expect(row).toEqual(["⁻⁻²"]);
  });

  it("a strict reader refuses what is not escaped, so the checks above can fail", () => {
    for (const text of ["a_b", "\\input{x}", "{", "100%", "a & b", "x--y", "$x$", "[1cm]"]) {
      const table = latexTable({ columns: [textColumn("a")], rows: [[nameCell("place")]] }).replace("place", () => text);
      expect(() => {
        if (readLatexTable(table)[1]![0] !== text) throw new Error("another text");
      }, text).toThrow();
    }
    expect(escapeLatex("x--y")).toBe("x-{}-y");
  });
});

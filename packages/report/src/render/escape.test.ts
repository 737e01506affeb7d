import { describe, expect, it } from "vitest";
import { hostileNames } from "../../testing/hostileNames.ts";
import { everyNode, parseMarkup, textOf } from "../../testing/strictMarkup.ts";
import { fileNamePart } from "../figures/fileNamePart.ts";
import { escapeJson } from "../summary.ts";
import { visible } from "../visible.ts";
import { escapeCsv } from "./csv.ts";
import { escapeMarkdown } from "./escapeMarkdown.ts";
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

/** Escapes text for GitHub Markdown. */
import { codeName, visible } from "../visible.ts";

/**
 * Escapes data: everything that could start emphasis, code, a link, a tag, an entity, a formula or a column, and what GitHub turns into
 * links by itself (`://`, `www.`, `@`). Markdown cannot isolate the direction of a name, so marks that reorder text become their codes.
 * Spaces at both ends are dropped.
 */
export function escapeMarkdown(text: string): string {
  return inOrder(text)
    .replace(/[\\`*_[\](){}<>#|~!$:&]/g, (character) => `\\${character}`)
    .replace(/@/g, "&#64;")
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}\\.`)
    .trim();
}

/**
 * Escapes Caviar's own words: only characters that have an effect, so that the source reads well. For brackets the opening one is enough. A
 * colon has an effect inside an address, and an exclamation mark before a link, which would become a picture.
 */
export function escapeWords(text: string): string {
  return inOrder(text)
    .replace(/[\\`*_[<>#|~$&]|:(?=\S)|!(?=\s*$)/g, (character) => `\\${character}`)
    .replace(/@/g, "&#64;")
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}\\.`);
}

/** Escapes the start of a line, so that the line is no list, rule or underline. */
export function guardStart(line: string): string {
  return line
    .trim()
    .replace(/^[-+=]/, "\\$&")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}

/** Text for code, in which nothing is escaped: visible, without line separators and without marks that reorder text. */
export function inOrder(text: string): string {
  return visible(text)
    .replace(/[\u2028\u2029]/g, "\ufffd")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, codeName);
}

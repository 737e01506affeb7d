/** Text for Markdown as GitHub reads it. */
import { codeName, visible } from "../visible.ts";

/**
 * Data. Everything that could start emphasis, code, a link, a tag, an entity, a formula or a column is escaped, and so is what GitHub
 * turns into links by itself (`://`, `www.`, `@`). Markdown cannot isolate the direction of a name, so marks that reorder text are
 * written as their codes. Spaces at either end are dropped.
 */
export function escapeMarkdown(text: string): string {
  return inOrder(text)
    .replace(/[\\`*_[\](){}<>#|~!$:&]/g, (character) => `\\${character}`)
    .replace(/@/g, "&#64;")
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}\\.`)
    .trim();
}

/**
 * Our own words: only what would act is escaped, so that the source reads well. Brackets need no more than their opening one. A colon acts
 * in the middle of an address, an exclamation mark where a link follows, which would then be a picture.
 */
export function escapeWords(text: string): string {
  return inOrder(text)
    .replace(/[\\`*_[<>#|~$&]|:(?=\S)|!$/g, (character) => `\\${character}`)
    .replace(/@/g, "&#64;")
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}\\.`);
}

/** A line that is no list, rule or underline, whatever it begins with. */
export function guardStart(line: string): string {
  return line
    .trim()
    .replace(/^[-+=]/, "\\$&")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}

/** For code, where nothing is escaped: visible, without separators of lines and without marks that reorder text. */
export function inOrder(text: string): string {
  return visible(text)
    .replace(/[\u2028\u2029]/g, "\ufffd")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, codeName);
}

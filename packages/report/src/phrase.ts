/** A sentence with names in it. The names are data and stay apart from our words until a page writes them, each in its own way. */
import { escapeMarkdown, visible } from "./escape.ts";
import { element, type Markup } from "./markup.ts";

export type Phrase = readonly (string | { readonly name: string })[];

export function phraseMarkup(phrase: Phrase): readonly Markup[] {
  return phrase.map((part) => (typeof part === "string" ? element("span", {}, part) : nameMarkup(part.name)));
}

/** A name in a page: isolated from the direction of the text around it. */
export function nameMarkup(name: string): Markup {
  return element("bdi", {}, name);
}

export function phraseMarkdown(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : `**${escapeMarkdown(part.name)}**`)).join("");
}

export function phraseText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : visible(part.name))).join("");
}

/** a; a and b; a, b and c. */
export function listed(names: readonly string[]): Phrase {
  return names.flatMap((name, index) => {
    const separator = index === 0 ? [] : [index === names.length - 1 ? " and " : ", "];
    return [...separator, { name }];
  });
}

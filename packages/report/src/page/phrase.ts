/**
 * A sentence before anything writes it. Our own words and the data in them stay apart until a renderer writes both, so that no renderer
 * can forget to escape a name.
 */
import { visible } from "../visible.ts";

export type Inline =
  /** Our own words. */
  | string
  /** Data: the name of a strategy or a problem, or any other text that somebody else wrote. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "emphasis"; readonly words: string }
  /** Leads to a file of the report. */
  | { readonly kind: "link"; readonly words: string; readonly file: FigureFile };

export type Phrase = readonly Inline[];

/** A path that is made of our own letters, digits and hyphens: `fig/ranking.csv`. */
export type FigureFile = `fig/${string}`;

export function named(name: string): Inline {
  return { kind: "name", name };
}

export function coded(code: string): Inline {
  return { kind: "code", code };
}

export function emphasised(words: string): Inline {
  return { kind: "emphasis", words };
}

/** a; a and b; a, b and c. */
export function listed(names: readonly string[]): Phrase {
  return names.flatMap((name, index) => {
    const separator = index === 0 ? [] : [index === names.length - 1 ? " and " : ", "];
    return [...separator, named(name)];
  });
}

/** a, b, c. */
export function separated(names: readonly string[]): Phrase {
  return names.flatMap((name, index) => (index === 0 ? [named(name)] : [", ", named(name)]));
}

/** The text alone. `show` writes what is data; our own words stand as they are. */
export function phraseText(phrase: Phrase, show: (data: string) => string = visible): string {
  return phrase.map((part) => inlineText(part, show)).join("");
}

function inlineText(part: Inline, show: (data: string) => string): string {
  if (typeof part === "string") return part;
  switch (part.kind) {
    case "name":
      return show(part.name);
    case "code":
      return show(part.code);
    case "emphasis":
    case "link":
      return part.words;
  }
}

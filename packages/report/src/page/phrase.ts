/**
 * A sentence before a renderer writes it. Caviar's own words and the data stay separate until then, so that no renderer can forget to
 * escape a name.
 */
import { visible } from "../visible.ts";

export type Inline =
  /** Caviar's own words. */
  | string
  /** Data: the name of a strategy or a problem, or any other text from outside. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "emphasis"; readonly words: string }
  /** A link to a file of the report. */
  | { readonly kind: "link"; readonly words: string; readonly file: FigureFile };

export type Phrase = readonly Inline[];

/** A path of letters, digits and hyphens that Caviar chose: `fig/ranking.csv`. */
export type FigureFile = `fig/${string}` | `tables/${string}`;

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

/** The text alone. `show` writes the data. Caviar's own words stay unchanged. */
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

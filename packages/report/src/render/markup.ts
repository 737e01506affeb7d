/**
 * Markup by construction. An element has a name from this package, attributes and children. Every string is text, which is escaped. Only
 * results of `element`, and constants passed through `verbatim`, are written unchanged. So no name can become a tag.
 */
import { visible } from "../visible.ts";

export type Markup = { readonly markup: string };
export type MarkupChild = string | number | Markup | null | readonly MarkupChild[];
export type MarkupAttributes = { readonly [name: string]: string | number | undefined };

export function element(name: string, attributes: MarkupAttributes, ...children: readonly MarkupChild[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => ` ${attribute}="${escapeMarkup(String(value))}"`)
    .join("");
  const open = `<${name}${written}`;
  if (isVoid.has(name)) return { markup: `${open}>` };
  const content = children.flatMap(flatten);
  if (content.length === 0 && isShape.has(name)) return { markup: `${open}/>` };
  const separator = isContainer.has(name) ? "\n" : "";
  return { markup: `${open}>${separator}${content.join(separator)}${content.length > 0 ? separator : ""}</${name}>` };
}

/** Marks a constant of this package, such as a style sheet, as markup. Never pass data. */
export function verbatim(markup: string): Markup {
  return { markup };
}

function flatten(child: MarkupChild): readonly string[] {
  if (child === null) return [];
  if (typeof child === "string") return [escapeMarkup(child)];
  if (typeof child === "number") return [String(child)];
  return "markup" in child ? [child.markup] : child.flatMap(flatten);
}

const isVoid: ReadonlySet<string> = new Set(["meta", "br", "col", "input", "wbr"]);
const isShape: ReadonlySet<string> = new Set(["path", "line", "rect", "circle", "use"]);
/** Escapes text for HTML and SVG, between tags and inside a double-quoted attribute. */
export function escapeMarkup(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Elements in which white space between children has no meaning. */
const isContainer: ReadonlySet<string> = new Set(
  "html head body header main footer nav section figure table thead tbody tr ul ol dl div details fieldset svg defs g style".split(" "),
);

/** A figure as SVG: inside a page, which holds the style, or as a separate file, which holds its own style and background. */
import { element, type Markup, verbatim } from "../render/markup.ts";
import { figureStyle } from "./look.ts";

export type Drawing = {
  /** Unique in the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: readonly Markup[];
};

export function inlineSvg(drawing: Drawing): Markup {
  return svg(drawing, { id: drawing.id }, []);
}

export function standaloneSvg(drawing: Drawing): string {
  const paper = element("rect", { width: drawing.width, height: drawing.height, class: "paper" });
  const style = element("style", {}, verbatim(figureStyle));
  return `${svg(drawing, { xmlns: "http://www.w3.org/2000/svg" }, [style, paper]).markup}\n`;
}

function svg(drawing: Drawing, attributes: { readonly xmlns?: string; readonly id?: string }, before: readonly Markup[]): Markup {
  const { id, title, description, width, height, body } = drawing;
  const names = `${id}-title ${id}-description`;
  return element(
    "svg",
    { ...attributes, class: "figure", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-labelledby": names },
    element("title", { id: `${id}-title` }, title),
    element("desc", { id: `${id}-description` }, description),
    ...before,
    ...body,
  );
}

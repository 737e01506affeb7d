/** The line below a plot that says what its marks mean. */
import { element, type Markup } from "../../render/markup.ts";
import { marker, text } from "../../svg/shapes.ts";

/** `kind` is the class of the colour. `shape` is a marker of `svg/shapes.ts`, or a line. */
export type LegendEntry = { readonly kind: string; readonly shape: number | "line"; readonly words: string };

export function legend(entries: readonly LegendEntry[], left: number, y: number): readonly Markup[] {
  let start = left;
  return entries.map(({ kind, shape, words }) => {
    const x = start;
    start += 40 + 6.1 * words.length;
    const mark = shape === "line" ? element("path", { class: "curve", d: `M${x - 8} ${y - 4}h16` }) : marker(shape, [x, y - 4], 4);
    return element("g", { class: kind }, mark, text(x + 13, y, words, { class: "soft" }));
  });
}

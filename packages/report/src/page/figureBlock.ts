/** A figure in a page: numbered in the order of the page, with a link to its numbers. */
import { everyFigure, type Figure, type Figures } from "../figures/figure.ts";
import type { FigureBlock } from "./block.ts";

export function figureBlock(figures: Figures, figure: Figure): FigureBlock {
  const data = `fig/${figure.name}.csv` as const;
  return {
    kind: "figure",
    number: everyFigure(figures).indexOf(figure) + 1,
    drawing: figure.drawing,
    file: `fig/${figure.name}.svg`,
    caption: [
      ...figure.caption,
      " Data: ",
      { kind: "link", words: data, file: data },
      ", ",
      { kind: "link", words: "JSON", file: `fig/${figure.name}.json` },
      ". Drawing: ",
      { kind: "link", words: "SVG", file: `fig/${figure.name}.svg` },
      ".",
    ],
  };
}

/** A figure in a page: numbered in the order of the page, with links to its files and the command that makes them. */
import { everyFigure, type Figure, type Figures } from "../figures/figure.ts";
import type { FigureBlock, Versions } from "./block.ts";
import { coded, type Phrase } from "./phrase.ts";

/** With a version over each axis that the reader can choose. */
export function figureBlock(figures: Figures, figure: Figure): FigureBlock | Versions {
  const number = everyFigure(figures).indexOf(figure) + 1;
  const published = blockOf(figures, figure, number);
  const others = figures.overAxes.get(figure) ?? [];
  if (others.length === 0) return published;
  const versions = others.map((other) => ({ value: other.axis, figure: blockOf(figures, other.figure, number) }));
  return { kind: "versions", of: axisDimension, versions: [{ value: declaredAxis, figure: published }, ...versions] };
}

/** The switch of the budget axis, and its published value. */
export const axisDimension = "along";
export const declaredAxis = "resource";

/** The command works in the folder of the page. */
function blockOf(figures: Figures, figure: Figure, number: number): FigureBlock {
  const needsTimes = figure === figures.overhead || figure === figures.calibration;
  return {
    kind: "figure",
    number,
    drawing: figure.drawing,
    file: `fig/${figure.name}.svg`,
    caption: [...figure.caption, " ", ...filesWords(figure, `npx caviar-hpo report .${needsTimes ? " --times" : ""}`)],
  };
}

/** @param command the one that makes the page; null if it is not known. */
export function filesWords({ name }: Figure, command: string | null): Phrase {
  const data = `fig/${name}.csv` as const;
  return [
    "Data: ",
    { kind: "link", words: data, file: data },
    ", ",
    { kind: "link", words: "JSON", file: `fig/${name}.json` },
    ". Drawing: ",
    { kind: "link", words: "SVG", file: `fig/${name}.svg` },
    ...(command === null ? ["."] : [". To make these files again: ", coded(`${command} --figure ${name}`)]),
  ];
}

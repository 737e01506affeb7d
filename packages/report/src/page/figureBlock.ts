/** A figure in a page: numbered in the order of the page, with links to its files and the command that makes them. */
import { everyFigure, type Figure, type Figures } from "../figures/figure.ts";
import type { FigureBlock } from "./block.ts";
import { coded, type Phrase } from "./phrase.ts";

/** The command works in the folder of the page. */
export function figureBlock(figures: Figures, figure: Figure): FigureBlock {
  const needsTimes = figure === figures.overhead || figure === figures.calibration;
  return {
    kind: "figure",
    number: everyFigure(figures).indexOf(figure) + 1,
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

/** Which parameters matter: a bar per parameter, with the spread over the trees of the forest. */
import type { Figure } from "../../figures/figure.ts";
import type { Importance } from "../../importance/importance.ts";
import { element, type Markup } from "../../render/markup.ts";
import { line, nameText, pixels, text } from "../../svg/shapes.ts";
import { type PlotBox, xOf } from "../axes/frame.ts";

const width = 760;
const row = 26;
const top = 16;
const most = 20;

/** @param objective data: the name of what is explained. */
export function importanceFigure({ main, pairs, observations, trees }: Importance, objective: string): Figure {
  const shown = main.slice(0, most);
  const bottom = top + shown.length * row + 6;
  const box: PlotBox = { left: 190, right: width - 66, top, bottom };
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return {
    name: "importance",
    drawing: {
      id: "importance",
      title: "Which parameters matter",
      description: "The share of the variance of the objective that each parameter explains alone.",
      width,
      height: bottom + 44,
      body: [
        ...ticks.map((share) => line(xOf(box, share), top - 6, xOf(box, share), bottom, "grid")),
        ...shown.map(({ name, share }, index) => drawBar(box, name, share, top + index * row)),
        line(box.left, bottom, box.right, bottom, "axis"),
        ...ticks.map((share) => text(xOf(box, share), bottom + 16, `${100 * share} %`, { class: "soft middle numbers" })),
        text((box.left + box.right) / 2, bottom + 34, "share of the variance", { class: "soft middle" }),
      ],
    },
    caption: [
      "How much of the variance of ",
      { kind: "name", name: objective },
      ` over the space each parameter explains alone. A random forest of ${trees} trees has learned it from ${observations} trials. The whisker is the standard deviation over the trees.`,
      main.length > most ? ` The ${most} most important of ${main.length} parameters are shown.` : "",
    ],
    table: {
      columns: ["parameters", "share", "sd over trees"],
      rows: [
        ...main.map(({ name, share }) => [name, share.mean, share.sd]),
        ...pairs.map(({ names, share }) => [names.join(" and "), share.mean, share.sd]),
      ],
    },
  };
}

function drawBar(box: PlotBox, name: string, { mean, sd }: { readonly mean: number; readonly sd: number }, y: number): Markup {
  const [low, high] = [Math.max(0, mean - sd), Math.min(1, mean + sd)];
  const middle = y + row / 2 - 3;
  return element(
    "g",
    { class: "series-0" },
    nameText(box.left - 10, middle + 4, name, 28, { class: "end" }),
    element("rect", {
      x: box.left,
      y: pixels(y),
      width: pixels(xOf(box, mean) - box.left),
      height: row - 7,
      fill: "currentColor",
      opacity: 0.55,
    }),
    line(xOf(box, low), middle, xOf(box, high), middle, "whisker"),
    text(Math.max(xOf(box, high), xOf(box, mean)) + 8, middle + 4, `${(100 * mean).toFixed(0)} %`, { class: "soft numbers" }),
  );
}

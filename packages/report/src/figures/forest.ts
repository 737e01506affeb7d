/** A forest: one row per strategy with a dot for the estimate and a bar for its interval, and one panel per endpoint. */

import { element, type Markup } from "../render/markup.ts";
import type { Estimate } from "../statistics/estimate.ts";
import type { Look } from "../svg/look.ts";
import { linearScale, type Tick } from "../svg/scale.ts";
import { line, marker, nameText, text } from "../svg/shapes.ts";
import { visible } from "../visible.ts";

export type ForestRow = { readonly label: string; readonly look: Look };
export type ForestPanel = {
  readonly title: string;
  readonly axis: string;
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Where a vertical line marks no difference. */
  readonly guide: number | null;
  /** One per row. */
  readonly estimates: readonly Estimate[];
  readonly show: (value: number) => string;
};

/** Intervals are results of the declared endpoints. */
const declared = { "data-declared": "" };

const labelWidth = 180;
const panelWidth = 300;
const valueWidth = 70;
const panelGap = 30;
const rowHeight = 27;
const top = 52;

export function forest(
  rows: readonly ForestRow[],
  panels: readonly ForestPanel[],
): { readonly width: number; readonly height: number; readonly body: readonly Markup[] } {
  const bottom = top + rows.length * rowHeight;
  const stride = panelWidth + valueWidth + panelGap;
  const width = labelWidth + panels.length * stride - panelGap;
  return {
    width,
    height: bottom + 48,
    body: [
      ...rows
        .map((_, row) => element("rect", { x: 0, y: top + row * rowHeight, width, height: rowHeight, class: "wash" }))
        .filter((_, row) => row % 2 === 0),
      ...rows.map(({ label, look }, row) =>
        element(
          "g",
          { class: look.color, "data-strategy": label },
          nameText(labelWidth - 16, middleOf(row) + 4, label, 24, { class: "own strong end" }),
        ),
      ),
      ...panels.map((panel, index) => drawPanel(rows, panel, labelWidth + index * stride, bottom)),
    ],
  };
}

function middleOf(row: number): number {
  return top + (row + 0.5) * rowHeight;
}

function drawPanel(rows: readonly ForestRow[], panel: ForestPanel, left: number, bottom: number): Markup {
  const x = linearScale(panel.domain, [left + 8, left + panelWidth - 8]);
  return element(
    "g",
    {},
    text(left, 20, panel.title, { class: "strong" }),
    text(left + panelWidth + valueWidth - 6, 40, "estimate", { class: "soft end" }),
    panel.ticks.map(({ at, label }) => [
      line(x(at), top, x(at), bottom, "grid"),
      text(x(at), bottom + 17, label, { class: "soft middle numbers" }),
    ]),
    panel.guide === null ? null : line(x(panel.guide), top - 6, x(panel.guide), bottom, "guide"),
    line(left, bottom, left + panelWidth, bottom, "axis"),
    text(left + panelWidth / 2, bottom + 36, panel.axis, { class: "soft middle" }),
    rows.map((row, index) => {
      const { value, interval } = panel.estimates[index]!;
      const y = middleOf(index);
      const inside = (bound: number): number => x(Math.max(panel.domain[0], Math.min(panel.domain[1], bound)));
      return element(
        "g",
        { class: row.look.color, "data-strategy": row.label },
        element("title", {}, `${visible(row.label)}: ${panel.show(value)}`),
        interval === null
          ? null
          : element(
              "g",
              declared,
              element(
                "title",
                {},
                `${visible(row.label)}: ${panel.show(value)} [${panel.show(interval.low)} to ${panel.show(interval.high)}]`,
              ),
              line(inside(interval.low), y, inside(interval.high), y, "whisker"),
            ),
        marker(row.look.marker, [inside(value), y], 4.5),
        text(left + panelWidth + valueWidth - 6, y + 4, panel.show(value), { class: "end numbers" }),
      );
    }),
  );
}

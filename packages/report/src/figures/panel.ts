/** The group of a panel whose curves a reader can read and scale, and of its budget axis. */
import { element, type Markup, type MarkupChild } from "../render/markup.ts";
import { type PlotAxis, plotAttributes } from "../svg/plot.ts";
import { text } from "../svg/shapes.ts";
import type { BudgetScale } from "./budgetScale.ts";

/** @param kind the classes of the group. */
export function panelGroup(x: PlotAxis, y: PlotAxis, kind: string | undefined, ...children: readonly MarkupChild[]): Markup {
  return element("g", { class: kind, ...plotAttributes(x, y) }, ...children);
}

export function budgetAxis({ left, right, values, scale }: BudgetScale, name: string): PlotAxis {
  return { pixels: [left, right], values, scale, name };
}

/** The labels of the budget axis, `most` of them at most. */
export function budgetTicks(x: BudgetScale, most: number, height: number, kind: string): Markup {
  return element(
    "g",
    { "data-ticks": most },
    x.ticks(most).map(({ at, label }) => text(at, height, label, { class: kind })),
  );
}

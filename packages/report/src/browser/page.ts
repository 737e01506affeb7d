/**
 * The script of a page. A page is complete without it. The script lets a reader sort and filter tables, choose what is shown, read values
 * from curves and switch an axis. It knows the page only by data attributes, so every page of the package can use it:
 *
 * | attribute | where | meaning |
 * |---|---|---|
 * | `data-table="ID"` | `table` | can be sorted, and filtered if it has many rows |
 * | `data-value="NUMBER"` | `td` | what the cell is sorted by; without it, its text |
 * | `data-choose="NAME"` | an element with checkboxes | each box shows or hides the elements whose `data-NAME` is its value |
 * | `data-switch="NAME"` | an element with radio buttons | shows only the elements whose `data-NAME` is the value of the button |
 * | `data-over="NAME"` | anything | numbers over all values of the choice NAME: hidden while one of them is hidden |
 * | `data-instead="NAME"` | anything | shown while they are hidden |
 * | `data-reference="NAME"`, `data-ranks`, `data-computed` | `table`, `tr`, `td` | the ranking, computed again (`ranks.ts`) |
 * | `data-declared` | anything | a result of the declared endpoints: hidden while a choice differs from the page as it was published |
 * | `data-plot="x: …; y: …"` | `g` in a figure | a panel with curves (`svg/plot.ts`) |
 * | `data-axis="INDEX"`, `data-name`, `data-x`, `data-top`, `data-bottom` | `g` in a figure | a parallel axis (`brushes.ts`) |
 * | `data-at="Y0 Y1 …"`, `data-trial` | `path` in such a figure | a line, and where it crosses each axis |
 * | `data-trial="ID"` | `tr` | the row of a trial, which follows the brush |
 * | `data-live="STATE"` | `html` | the page follows its study (`live.ts`) |
 * | `data-curve="NAME"` | `path` or `use` in a panel | a curve whose values the reader can see |
 *
 * What the reader has made of the page is in its address (`view.ts`).
 */
import { brushes } from "./brushes.ts";
import { choices } from "./choices.ts";
import { folds } from "./folds.ts";
import { live } from "./live.ts";
import { ranks } from "./ranks.ts";
import { readouts } from "./readouts.ts";
import { scales } from "./scales.ts";
import { tables } from "./tables.ts";
import { viewOf } from "./view.ts";

/** Does all of this. `build/start.mjs` calls it. */
export function startPage(window: Window): void {
  const { document } = window;
  const view = viewOf(window);
  for (const part of [tables, choices, ranks, scales, readouts, brushes, folds, live]) part(document, view);
  document.documentElement.classList.add("scripted");
}

/**
 * Brushes of parallel coordinates: a reader drags along an axis, and the trials whose lines cross another part of it fade. They are left
 * out of the tables of trials too. With the keyboard, the arrow keys move the range of the axis that has the focus, and Escape ends it.
 */
import type { PageView } from "./view.ts";

/** From `low` to `high`, in pixels of the figure; `low` is the upper end. */
type BrushRange = { readonly low: number; readonly high: number };

type BrushedAxis = {
  readonly index: number;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly handle: SVGRectElement;
  readonly band: SVGRectElement;
};

/** How far an arrow key moves, as a share of the axis. */
const keyStep = 0.05;
/** A shorter drag is a click, which ends the brush of the axis. */
const leastDrag = 3;

export function brushes(document: Document, view: PageView): void {
  for (const figure of document.querySelectorAll<SVGSVGElement>("svg:has([data-axis])")) brush(document, figure, view);
}

function brush(document: Document, figure: SVGSVGElement, view: PageView): void {
  const lines = [...figure.querySelectorAll<SVGPathElement>("[data-at]")].map((line) => ({
    line,
    trial: line.dataset.trial!,
    at: line.dataset.at!.split(" ").map(Number),
  }));
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("tr[data-trial]")];
  const count = document.createElement("p");
  count.className = "note brushed";
  count.setAttribute("role", "status");
  (figure.closest(".plot") ?? figure).after(count);
  let ranges = new Map<number, BrushRange>();
  const show = (): void => {
    for (const axis of axes) showRange(axis, ranges.get(axis.index) ?? null);
    const isOut = (at: readonly number[]): boolean => [...ranges].some(([axis, { low, high }]) => at[axis]! < low || at[axis]! > high);
    const faded = new Set(lines.filter(({ at }) => isOut(at)).map(({ trial }) => trial));
    const drawn = new Set(lines.map(({ trial }) => trial));
    for (const { line, trial } of lines) line.classList.toggle("faded", faded.has(trial));
    for (const row of rows)
      row.classList.toggle("unchosen", ranges.size > 0 && (faded.has(row.dataset.trial!) || !drawn.has(row.dataset.trial!)));
    const words = `${lines.length - faded.size} of ${lines.length} trials are in the chosen ranges. Drag along an axis to choose a range, and click on it to end that.`;
    count.textContent = ranges.size === 0 ? "Drag along an axis to choose a range of it. The table of trials follows." : words;
  };
  const choose = (axis: number, range: BrushRange | null): void => {
    if (range === null) ranges.delete(axis);
    else ranges.set(axis, range);
    view.set(
      brushKey,
      [...ranges].map(([index, { low, high }]) => `${index}:${Math.round(low)}:${Math.round(high)}`),
    );
    show();
  };
  const axes = [...figure.querySelectorAll<SVGGElement>("[data-axis]")].map((group) => brushedAxis(document, group));
  for (const axis of axes) {
    withPointer(figure, axis, choose);
    withKeys(axis, () => ranges.get(axis.index) ?? null, choose);
  }
  // Parts of a picture cannot have the focus.
  figure.setAttribute("role", "group");
  view.follow(() => {
    ranges = new Map(view.all(brushKey).flatMap((text) => readRange(text, axes.length)));
    show();
  });
}

const brushKey = "brush";

/** Nothing for a text that names no axis of the figure. */
export function readRange(text: string, axes: number): readonly (readonly [number, BrushRange])[] {
  const found = /^(\d{1,3}):(\d{1,4}):(\d{1,4})$/.exec(text);
  if (found === null) return [];
  const [index, low, high] = found.slice(1).map(Number) as [number, number, number];
  return index < axes && low <= high ? [[index, { low, high }]] : [];
}

/** The group of an axis gets a band that shows the range, and an invisible handle over the whole axis. */
function brushedAxis(document: Document, group: SVGGElement): BrushedAxis {
  const [x, top, bottom] = [group.dataset.x, group.dataset.top, group.dataset.bottom].map(Number) as [number, number, number];
  const rect = (kind: string): SVGRectElement => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    made.setAttribute("class", kind);
    return made;
  };
  const [handle, band] = [rect("handle"), rect("range")];
  const place = { x: x - 16, y: top - 8, width: 32, height: bottom - top + 16 };
  for (const [name, value] of Object.entries(place)) handle.setAttribute(name, `${value}`);
  handle.setAttribute("tabindex", "0");
  handle.setAttribute("role", "slider");
  handle.setAttribute("aria-orientation", "vertical");
  handle.setAttribute("aria-valuemin", "0");
  handle.setAttribute("aria-valuemax", "100");
  handle.setAttribute("aria-label", `Range of ${group.dataset.name}`);
  band.setAttribute("x", `${x - 7}`);
  band.setAttribute("width", "14");
  group.append(band, handle);
  return { index: Number(group.dataset.axis), x, top, bottom, handle, band };
}

function showRange({ handle, band, top, bottom }: BrushedAxis, range: BrushRange | null): void {
  band.setAttribute("visibility", range === null ? "hidden" : "visible");
  const percent = (y: number): number => Math.round((100 * (bottom - y)) / (bottom - top));
  const { low, high } = range ?? { low: top, high: bottom };
  band.setAttribute("y", `${low}`);
  band.setAttribute("height", `${high - low}`);
  handle.setAttribute("aria-valuenow", `${percent((low + high) / 2)}`);
  handle.setAttribute("aria-valuetext", range === null ? "all" : `from ${percent(high)} % to ${percent(low)} % of the axis`);
}

type Choose = (axis: number, range: BrushRange | null) => void;

function withPointer(figure: SVGSVGElement, { index, top, bottom, handle }: BrushedAxis, choose: Choose): void {
  let from: number | null = null;
  const heightOf = ({ clientX, clientY }: PointerEvent): number => {
    const { y } = new DOMPoint(clientX, clientY).matrixTransform(figure.getScreenCTM()!.inverse());
    return Math.max(top - 8, Math.min(bottom + 8, y));
  };
  handle.addEventListener("pointerdown", (event) => {
    from = heightOf(event);
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = heightOf(event);
    if (Math.abs(to - from) >= leastDrag) choose(index, { low: Math.max(0, Math.min(from, to)), high: Math.max(from, to) });
  });
  handle.addEventListener("pointerup", (event) => {
    if (from !== null && Math.abs(heightOf(event) - from) < leastDrag) choose(index, null);
    from = null;
  });
  handle.addEventListener("pointercancel", () => {
    from = null;
  });
}

/** The arrow keys move the range; with shift, they move its upper end. */
function withKeys({ index, top, bottom, handle }: BrushedAxis, current: () => BrushRange | null, choose: Choose): void {
  const step = keyStep * (bottom - top);
  handle.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return choose(index, null);
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const shift = event.key === "ArrowUp" ? -step : step;
    const range = current();
    if (range === null) return choose(index, { low: (top + bottom) / 2 - 4 * step, high: (top + bottom) / 2 + 4 * step });
    const { low, high } = range;
    if (event.shiftKey) return choose(index, { low: Math.max(0, Math.min(high - step, low + shift)), high });
    const moved = Math.max(top - low, Math.min(bottom - high, shift));
    choose(index, { low: low + moved, high: high + moved });
  });
}

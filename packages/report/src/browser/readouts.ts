/** Values of curves under the pointer, or at the place that the arrow keys move to: one line per curve, in the order of the heights. */
import { pow } from "@caviar-hpo/numerics";
import { significantNumber } from "../format.ts";
import { type PlotAxis, readPlot } from "../svg/plot.ts";
import { heightAt, type PathPoint, readPath } from "./paths.ts";

type Plot = { readonly group: SVGGraphicsElement; readonly x: PlotAxis; readonly y: PlotAxis };

/** How many curves a box of values lists. */
const mostListed = 12;

export function readouts(document: Document): void {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  document.body.append(tip);
  const guide = document.createElementNS("http://www.w3.org/2000/svg", "line");
  guide.setAttribute("class", "guide readout");
  const hide = (): void => {
    tip.hidden = true;
    guide.remove();
  };
  for (const figure of document.querySelectorAll<SVGSVGElement>("svg:has([data-plot])")) {
    const show = (plot: Plot, x: number): void => {
      showValues(tip, plot, x);
      const place = screenPlace(plot.group, [x, plot.y.pixels[1]]);
      guide.setAttribute("x1", `${x}`);
      guide.setAttribute("x2", `${x}`);
      guide.setAttribute("y1", `${plot.y.pixels[0]}`);
      guide.setAttribute("y2", `${plot.y.pixels[1]}`);
      plot.group.append(guide);
      moveTo(tip, place);
    };
    figure.addEventListener("pointermove", ({ clientX, clientY }) => {
      const found = plotAt(figure, [clientX, clientY]);
      if (found === null) hide();
      else show(found.plot, found.x);
    });
    figure.addEventListener("pointerleave", hide);
    withKeys(figure, show, hide);
  }
}

/** The arrow keys move through the first panel when the figure's box has the focus. */
function withKeys(figure: SVGSVGElement, show: (plot: Plot, x: number) => void, hide: () => void): void {
  const box = figure.closest<HTMLElement>("[tabindex]");
  let share: number | null = null;
  box?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    if ((event.key !== "ArrowLeft" && event.key !== "ArrowRight") || event.shiftKey) return;
    const [plot] = plotsOf(figure);
    if (plot === undefined) return;
    event.preventDefault();
    const [from, to] = plot.x.pixels;
    share = share === null ? 0.5 : Math.min(1, Math.max(0, share + (event.key === "ArrowLeft" ? -0.02 : 0.02)));
    show(plot, from + share * (to - from));
  });
  box?.addEventListener("blur", hide);
}

function plotsOf(figure: SVGSVGElement): readonly Plot[] {
  return [...figure.querySelectorAll<SVGGraphicsElement>("[data-plot]")]
    .filter((group) => group.closest("defs") === null)
    .map((group) => ({ group, ...readPlot(group.dataset.plot!) }));
}

/** The panel below a place on the screen, and the place in it. */
function plotAt(figure: SVGSVGElement, [clientX, clientY]: PathPoint): { readonly plot: Plot; readonly x: number } | null {
  for (const plot of plotsOf(figure)) {
    const matrix = plot.group.getScreenCTM();
    if (matrix === null) continue;
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
    if (within(x, plot.x.pixels) && within(y, plot.y.pixels)) return { plot, x };
  }
  return null;
}

function within(value: number, [from, to]: readonly [number, number]): boolean {
  return value >= Math.min(from, to) && value <= Math.max(from, to);
}

function screenPlace(group: SVGGraphicsElement, [x, y]: PathPoint): PathPoint {
  const { x: left, y: top } = new DOMPoint(x, y).matrixTransform(group.getScreenCTM()!);
  return [left, top];
}

function showValues(tip: HTMLElement, { group, x: xAxis, y: yAxis }: Plot, x: number): void {
  const found = [...group.querySelectorAll<SVGGraphicsElement>("[data-curve]")].flatMap((curve) => {
    if (curve.closest(".unchosen") !== null) return [];
    const y = heightOf(curve, x);
    return y === null ? [] : [{ name: curve.dataset.curve!, color: getComputedStyle(curve).color, y }];
  });
  const head = document.createElement("strong");
  head.textContent = `${valueAt(xAxis, x)} ${xAxis.name}`;
  const lines = found
    .sort((a, b) => a.y - b.y)
    .slice(0, mostListed)
    .map(({ name, color, y }) => {
      const line = document.createElement("span");
      const key = document.createElement("i");
      key.style.background = color;
      const words = document.createElement("bdi");
      words.textContent = name;
      const value = document.createElement("b");
      value.textContent = valueAt(yAxis, y);
      line.append(key, words, value);
      return line;
    });
  tip.replaceChildren(head, ...lines);
  tip.hidden = false;
}

/** A `use` repeats a path at another place. */
function heightOf(curve: SVGGraphicsElement, x: number): number | null {
  if (!(curve instanceof SVGUseElement)) return heightAt(readPath(curve.getAttribute("d") ?? ""), x);
  const original = document.getElementById(curve.getAttribute("href")!.slice(1));
  const [dx, dy] = [curve.x.baseVal.value, curve.y.baseVal.value];
  const height = heightAt(readPath(original?.getAttribute("d") ?? ""), x - dx);
  return height === null ? null : height + dy;
}

function valueAt({ pixels: [from, to], values: [low, high], scale }: PlotAxis, at: number): string {
  const value = low + ((high - low) * (at - from)) / (to - from);
  return significantNumber(scale === "log" ? pow(10, value) : value, 3);
}

/** Next to the place, and inside the window. */
function moveTo(tip: HTMLElement, [left, top]: PathPoint): void {
  const { width, height } = tip.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const near = left + 14 + width > clientWidth ? left - 14 - width : left + 14;
  tip.style.left = `${Math.max(4, Math.min(near, clientWidth - width - 4))}px`;
  tip.style.top = `${Math.max(4, Math.min(top, clientHeight - height - 4))}px`;
}

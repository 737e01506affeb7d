/** The switch between a linear and a logarithmic budget axis: draws what is in the panels again, at other places. */
import { significantNumber } from "../format.ts";
import { log10 } from "../statistics/logRegret.ts";
import { type PlotAxis, plotAttributes, readPlot } from "../svg/plot.ts";
import { linearTicks, plainLogTicks } from "../svg/scale.ts";
import { readPath, writePath } from "./paths.ts";
import type { PageView } from "./view.ts";

type PublishedPart = { readonly part: Element; readonly name: string; readonly value: string };

export function scales(document: Document, view: PageView): void {
  const group = document.querySelector<HTMLElement>("[data-scale]");
  if (group === null) return;
  const buttons = [...group.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  const panels = [...document.querySelectorAll<SVGElement>("[data-plot]")]
    .map((panel) => ({ panel, published: panel.dataset.plot!, parts: partsOf(panel) }))
    .filter(({ published }) => readPlot(published).x.scale === "linear");
  let drawn = "linear";
  const draw = (scale: string): void => {
    if (scale === drawn) return;
    drawn = scale;
    for (const { panel, published, parts } of panels) {
      for (const { part, name, value } of parts) part.setAttribute(name, value);
      panel.dataset.plot = published;
      if (scale === "log") drawLogarithmic(panel);
      ticksOf(panel, scale === "log");
    }
  };
  group.addEventListener("change", () => {
    const chosen = buttons.find(({ checked }) => checked)!.value;
    view.set("budget", chosen === "linear" ? [] : [chosen]);
    draw(chosen);
  });
  group.hidden = panels.length === 0;
  view.follow(() => {
    const wanted = view.all("budget")[0] === "log" ? "log" : "linear";
    for (const button of buttons) button.checked = button.value === wanted;
    draw(wanted);
  });
}

/** The attributes that move with the axis. */
const movable = ["d", "x", "width"];

function partsOf(panel: SVGElement): readonly PublishedPart[] {
  return [...panel.querySelectorAll("[data-moves]")].flatMap((part) =>
    movable.flatMap((name) => (part.hasAttribute(name) ? [{ part, name, value: part.getAttribute(name)! }] : [])),
  );
}

/** The axis begins at 1, because a budget has no logarithm at 0. */
function drawLogarithmic(panel: SVGElement): void {
  const { x, y } = readPlot(panel.dataset.plot!);
  const [from, to] = x.pixels;
  const logarithmic: PlotAxis = { ...x, scale: "log", values: [0, log10(x.values[1])] };
  const moved = (at: number): number => {
    const value = x.values[0] + ((x.values[1] - x.values[0]) * (at - from)) / (to - from);
    return from + ((to - from) * log10(Math.max(1, value))) / logarithmic.values[1];
  };
  for (const part of panel.querySelectorAll("[data-moves]")) {
    const path = part.getAttribute("d");
    if (path !== null) part.setAttribute("d", writePath(readPath(path).map((points) => points.map(([at, height]) => [moved(at), height]))));
    if (part.localName !== "rect") continue;
    const left = Number(part.getAttribute("x"));
    const right = moved(left + Number(part.getAttribute("width")));
    part.setAttribute("x", `${moved(left)}`);
    part.setAttribute("width", `${Math.max(0, right - moved(left))}`);
  }
  panel.dataset.plot = String(plotAttributes(logarithmic, y)["data-plot"]);
}

/** As many ticks as were published, each as the first one of them. */
function ticksOf(panel: SVGElement, logarithmic: boolean): void {
  const group = panel.querySelector("[data-ticks]");
  const first = group?.querySelector("text");
  if (group === null || first === null || first === undefined) return;
  const { x } = readPlot(panel.dataset.plot!);
  const most = Number(group.getAttribute("data-ticks"));
  const ticks = logarithmic ? plainLogTicks(x.values, most) : linearTicks(x.values, most);
  const [from, to] = x.pixels;
  group.replaceChildren(
    ...ticks.map(({ at, label }) => {
      const tick = first.cloneNode() as SVGTextElement;
      tick.setAttribute("x", significantNumber(from + ((to - from) * (at - x.values[0])) / (x.values[1] - x.values[0]), 6));
      tick.textContent = label;
      return tick;
    }),
  );
}

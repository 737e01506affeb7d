/** The box of a plot with its grid, ticks and names. */
import type { Markup } from "../../render/markup.ts";
import { clip, line, nameText, text } from "../../svg/shapes.ts";
import type { UnitAxis } from "./unitAxis.ts";

/** In pixels: `left` < `right`, `top` < `bottom`. */
export type PlotBox = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

type ShownAxis = Pick<UnitAxis<never>, "name" | "ticks">;

export function xOf({ left, right }: PlotBox, unit: number): number {
  return left + unit * (right - left);
}

export function yOf({ top, bottom }: PlotBox, unit: number): number {
  return bottom - unit * (bottom - top);
}

/**
 * @param y null if the box shares the vertical axis of the one before it. Then it has its lines and no words.
 * @param yTicks the ticks of that axis.
 */
export function frame(box: PlotBox, x: ShownAxis, y: ShownAxis | null, yTicks: ShownAxis["ticks"] = y?.ticks ?? []): readonly Markup[] {
  const { left, right, top, bottom } = box;
  const columns = Math.floor((right - left) / 6.4);
  const wide = Math.max(4, Math.floor((right - left) / Math.max(1, x.ticks.length) / 6.2));
  return [
    ...yTicks.map(({ at }) => line(left, yOf(box, at), right, yOf(box, at), "grid")),
    ...(y === null
      ? []
      : [
          ...yTicks.map(({ at, label }) => text(left - 7, yOf(box, at) + 4, clip(label, 12), { class: "soft end numbers" })),
          nameText(left - 46, top - 10, y.name, 28, { class: "soft" }),
        ]),
    line(left, bottom, right, bottom, "axis"),
    ...spaced(x.ticks, right - left).map(({ at, label }) =>
      nameText(xOf(box, at), bottom + 16, label, wide, { class: "soft middle numbers" }),
    ),
    nameText((left + right) / 2, bottom + 34, x.name, columns, { class: "soft middle" }),
  ];
}

/** Without the ticks whose labels would run into the one before. */
export function spaced(ticks: ShownAxis["ticks"], width: number): ShownAxis["ticks"] {
  let free = -Infinity;
  return ticks.filter(({ at, label }) => {
    const half = Math.min(label.length, 14) * 3.1 + 3;
    if (at * width - half < free) return false;
    free = at * width + half;
    return true;
  });
}

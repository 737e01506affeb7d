/**
 * Speed-up against the number of workers, on logarithmic axes, with the line on which twice the workers are twice as fast. Takes plain
 * arrays and returns an SVG file.
 */
import { log } from "@caviar-hpo/numerics";
import { element, type Markup } from "../render/markup.ts";
import { standaloneSvg } from "../svg/document.ts";
import { looks } from "../svg/look.ts";
import { linearScale } from "../svg/scale.ts";
import { line, marker, nameText, type PixelPoint, polyline, spread, text } from "../svg/shapes.ts";

export type SpeedUpLine = {
  readonly name: string;
  /** One value per number of workers. */
  readonly speedUps: readonly number[];
};

export type SpeedUpPicture = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Ascending, positive. */
  readonly workers: readonly number[];
  readonly lines: readonly SpeedUpLine[];
};

const width = 760;
const left = 56;
const right = 560;
const top = 16;
const bottom = 350;

/** An SVG file. There are at least two numbers of workers and one line. Speed-ups are positive. */
export function speedUpSvg({ id, title, description, workers, lines }: SpeedUpPicture): string {
  const all = lines.flatMap(({ speedUps }) => speedUps);
  const domain = (values: readonly number[]): readonly [number, number] => [
    log(values.reduce((a, b) => Math.min(a, b))),
    log(values.reduce((a, b) => Math.max(a, b))),
  ];
  const x = linearScale(domain(workers), [left, right]);
  const y = linearScale(domain([...all, 1]), [bottom, top]);
  const look = looks(lines.length);
  const curves = lines.map(({ speedUps }) => speedUps.map((speedUp, index): PixelPoint => [x(log(workers[index]!)), y(log(speedUp))]));
  const labels = spread(
    curves.map((points) => points.at(-1)![1]),
    17,
    top,
    bottom,
  );
  return standaloneSvg({
    id,
    title,
    description,
    width,
    height: bottom + 50,
    body: [
      ...marks(y.domain).flatMap((speedUp) => [
        line(left, y(log(speedUp)), right, y(log(speedUp)), "grid"),
        text(left - 8, y(log(speedUp)) + 4, String(speedUp), { class: "soft end numbers" }),
      ]),
      ...workers.map((count) => text(x(log(count)), bottom + 18, String(count), { class: "soft middle numbers" })),
      line(left, bottom, right, bottom, "axis"),
      ideal(x, y),
      ...lines.map(({ name }, index): Markup => {
        const points = curves[index]!;
        const { color, dashes, marker: shape } = look[index]!;
        return element(
          "g",
          { class: color },
          element("path", { class: "curve", d: polyline(points), "stroke-dasharray": dashes }),
          points.map((point) => marker(shape, point, 3.5)),
          line(right + 6, points.at(-1)![1], right + 22, labels[index]!, "leader"),
          nameText(right + 26, labels[index]! + 4, name, 28, { class: "own strong" }),
        );
      }),
      text((left + right) / 2, bottom + 42, "workers", { class: "soft middle" }),
      text(0, 0, "times as fast as one worker of ASHA", {
        class: "soft middle",
        transform: `translate(14 ${(top + bottom) / 2}) rotate(-90)`,
      }),
    ],
  });
}

/** 1, 2 and 5 times powers of ten inside a domain of logarithms. */
function marks([low, high]: readonly [number, number]): readonly number[] {
  return [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter((value) => log(value) >= low - 1e-9 && log(value) <= high + 1e-9);
}

/** The line on which the speed-up equals the number of workers, as far as both axes reach. */
function ideal(x: ReturnType<typeof linearScale>, y: ReturnType<typeof linearScale>): Markup {
  const low = Math.max(x.domain[0], y.domain[0]);
  const high = Math.min(x.domain[1], y.domain[1]);
  return line(x(low), y(low), x(high), y(high), "guide");
}

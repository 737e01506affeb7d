/**
 * A search distribution in the plane at several moments: level lines of the objective, the ellipse of two standard deviations, its mean, and
 * the points drawn from it. All panels show the unit square. Takes plain arrays and returns an SVG file.
 */
import { cos, sin } from "@caviar-hpo/numerics";
import { element, type Markup } from "../render/markup.ts";
import { standaloneSvg } from "../svg/document.ts";
import { linearScale, type PixelScale } from "../svg/scale.ts";
import { marker, type PixelPoint, pixels, polyline, text } from "../svg/shapes.ts";

export type Plane = readonly [x: number, y: number];

export type DistributionPanel = {
  readonly title: string;
  readonly mean: Plane;
  /** The covariance, row-major. */
  readonly covariance: readonly [number, number, number, number];
  readonly points: readonly Plane[];
};

export type DistributionPicture = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Closed lines along which the objective has one value. */
  readonly levels: readonly (readonly Plane[])[];
  readonly panels: readonly DistributionPanel[];
};

const width = 1000;
const gap = 14;
const top = 28;

/** An SVG file. There is at least one panel. */
export function distributionsSvg({ id, title, description, levels, panels }: DistributionPicture): string {
  const side = (width - gap * (panels.length - 1)) / panels.length;
  return standaloneSvg({
    id,
    title,
    description,
    width,
    height: top + side + 6,
    body: panels.map((panel, place) => drawPanel(`${id}-${place}`, panel, levels, place * (side + gap), side)),
  });
}

function drawPanel(id: string, panel: DistributionPanel, levels: DistributionPicture["levels"], left: number, side: number): Markup {
  const x = linearScale([0, 1], [left, left + side]);
  const y = linearScale([0, 1], [top + side, top]);
  const frame = { x: pixels(left), y: top, width: pixels(side), height: pixels(side) };
  const at = ([u, v]: Plane): PixelPoint => [x(u), y(v)];
  return element(
    "g",
    { class: "series-0" },
    text(left, 18, panel.title, { class: "strong" }),
    element("clipPath", { id }, element("rect", frame)),
    element(
      "g",
      { "clip-path": `url(#${id})` },
      levels.map((level) => element("path", { class: "grid", fill: "none", d: polyline([...level, level[0]!].map(at)) })),
      element("path", { fill: "currentColor", "fill-opacity": 0.15, stroke: "currentColor", d: ellipse(panel, x, y) }),
      panel.points.map((point) => element("circle", { cx: pixels(at(point)[0]), cy: pixels(at(point)[1]), r: 2.5, fill: "currentColor" })),
      element("g", { class: "series-1" }, marker(0, at(panel.mean), 3.5)),
    ),
    element("rect", { ...frame, class: "axis", fill: "none" }),
  );
}

/** Two standard deviations around the mean: m + 2 L (cos t, sin t), where L is the Cholesky factor. */
function ellipse({ mean, covariance }: DistributionPanel, x: PixelScale, y: PixelScale): string {
  const [a, b, , d] = covariance;
  const first = Math.sqrt(a);
  const below = b / first;
  const second = Math.sqrt(Math.max(0, d - below * below));
  const corners = Array.from({ length: 73 }, (_, index): PixelPoint => {
    const [c, s] = [cos((index * Math.PI) / 36), sin((index * Math.PI) / 36)];
    return [x(mean[0] + 2 * first * c), y(mean[1] + 2 * (below * c + second * s))];
  });
  return polyline(corners);
}

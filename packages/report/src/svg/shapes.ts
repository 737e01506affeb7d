/** Shapes of a figure: text, lines, steps, bands and markers. Coordinates have two decimals, so that the files stay small. */

import { element, type Markup, type MarkupAttributes } from "../render/markup.ts";
import { visible } from "../visible.ts";

export type PixelPoint = readonly [x: number, y: number];

export function pixels(value: number): number {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}

export function text(x: number, y: number, content: string, attributes: MarkupAttributes = {}): Markup {
  return element("text", { x: pixels(x), y: pixels(y), ...attributes }, content);
}

/** A name, cut to `columns`. Its tooltip shows it in full. */
export function nameText(x: number, y: number, name: string, columns: number, attributes: MarkupAttributes = {}): Markup {
  const cut = clip(name, columns);
  const place = { x: pixels(x), y: pixels(y), ...attributes };
  return cut === visible(name) ? element("text", place, cut) : element("text", place, element("title", {}, name), cut);
}

/**
 * At most `columns` terminal columns of a name. Wide characters take two columns, and combining marks take none. At most four marks stay on
 * one letter.
 */
export function clip(name: string, columns: number): string {
  let width = 0;
  let marks = 0;
  let cut = "";
  const characters = [...visible(name)];
  for (const [index, character] of characters.entries()) {
    const mark = isCombining(character.codePointAt(0)!);
    marks = mark ? marks + 1 : 0;
    if (marks > 4) continue;
    const own = mark ? 0 : character.codePointAt(0)! >= 0x1100 ? 2 : 1;
    if (width + own > columns - (index === characters.length - 1 ? 0 : 1)) return `${cut}…`;
    width += own;
    cut += character;
  }
  return cut;
}

/**
 * The common combining marks: the first and the last of each range. They are written out because `\p{M}` depends on the Unicode version of
 * the engine.
 */
const combiningRanges: readonly (readonly [number, number])[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x64b, 0x65f],
  [0xe31, 0xe31],
  [0xe34, 0xe3a],
  [0xe47, 0xe4e],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200c, 0x200d],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
];

function isCombining(code: number): boolean {
  return combiningRanges.some(([first, last]) => code >= first && code <= last);
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): Markup {
  return element("line", { x1: pixels(x1), y1: pixels(y1), x2: pixels(x2), y2: pixels(y2), class: kind });
}

/** A path through the points. */
export function polyline(points: readonly PixelPoint[]): string {
  return points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${pixels(x)} ${pixels(y)}`).join("");
}

/** A right-continuous step path: each value holds until the next point. Points of equal height become one stroke. */
export function steps(points: readonly PixelPoint[]): string {
  let path = "";
  let height = NaN;
  points.forEach(([x, y], index) => {
    const level = pixels(y);
    if (index === 0) path = `M${pixels(x)} ${level}`;
    else if (level !== height) path += `H${pixels(x)}V${level}`;
    else if (index === points.length - 1) path += `H${pixels(x)}`;
    height = level;
  });
  return path;
}

/** The closed area between two step paths over the same abscissae. */
export function stepBand(lower: readonly PixelPoint[], upper: readonly PixelPoint[]): string {
  const corners = (points: readonly PixelPoint[]): PixelPoint[] =>
    points.flatMap(([x, y], index) => (index === 0 ? [[x, y] as const] : [[x, points[index - 1]![1]] as const, [x, y] as const]));
  return `${stairs(thin([...corners(upper), ...corners(lower).reverse()]))}Z`;
}

/** A path of horizontal and vertical strokes, each of which names only the coordinate that changes. */
function stairs(points: readonly PixelPoint[]): string {
  return points
    .map(([x, y], index) => {
      if (index === 0) return `M${pixels(x)} ${pixels(y)}`;
      const before = points[index - 1]!;
      if (y === before[1]) return `H${pixels(x)}`;
      return x === before[0] ? `V${pixels(y)}` : `L${pixels(x)} ${pixels(y)}`;
    })
    .join("");
}

/** The points without repetitions, and without those inside a horizontal or vertical stretch. */
function thin(points: readonly PixelPoint[]): readonly PixelPoint[] {
  const distinct = points.filter((point, index) => index === 0 || point[0] !== points[index - 1]![0] || point[1] !== points[index - 1]![1]);
  return distinct.filter((point, index) => {
    const before = distinct[index - 1];
    const after = distinct[index + 1];
    if (before === undefined || after === undefined) return true;
    return !((before[0] === point[0] && point[0] === after[0]) || (before[1] === point[1] && point[1] === after[1]));
  });
}

/** One of the marker shapes, centred. */
export function marker(shape: number, [x, y]: PixelPoint, size: number): Markup {
  const at = (dx: number, dy: number): string => `${pixels(x + dx * size)} ${pixels(y + dy * size)}`;
  if (shape === 0) return element("circle", { cx: pixels(x), cy: pixels(y), r: pixels(size), class: "dot" });
  const outline = markerOutlines[(shape - 1) % markerOutlines.length]!;
  return element("path", { d: `${outline.map(([dx, dy], index) => `${index === 0 ? "M" : "L"}${at(dx, dy)}`).join("")}Z`, class: "dot" });
}

const markerOutlines: readonly (readonly PixelPoint[])[] = [
  // Square, triangle up, diamond, triangle down, plus, cross, bow tie.
  [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  [
    [0, -1.2],
    [1.1, 0.8],
    [-1.1, 0.8],
  ],
  [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
  [
    [0, 1.2],
    [1.1, -0.8],
    [-1.1, -0.8],
  ],
  [
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
    [-1.2, -0.4],
    [-0.4, -0.4],
  ],
  [
    [-1.1, -0.6],
    [-0.6, -1.1],
    [0, -0.5],
    [0.6, -1.1],
    [1.1, -0.6],
    [0.5, 0],
    [1.1, 0.6],
    [0.6, 1.1],
    [0, 0.5],
    [-0.6, 1.1],
    [-1.1, 0.6],
    [-0.5, 0],
  ],
  [
    [-1.1, -1],
    [1.1, 1],
    [1.1, -1],
    [-1.1, 1],
  ],
];

/**
 * Heights for labels, in the order of the wanted heights: as close to the wanted heights as the range, and the `gap` between neighbours,
 * allow.
 */
export function spread(wished: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = wished.map((_, index) => index).sort((a, b) => wished[a]! - wished[b]! || a - b);
  const step = Math.min(gap, order.length > 1 ? (high - low) / (order.length - 1) : gap);
  const heights = new Array<number>(wished.length);
  let floor = low;
  for (const index of order) {
    heights[index] = Math.max(floor, wished[index]!);
    floor = heights[index]! + step;
  }
  let ceiling = high;
  for (const index of [...order].reverse()) {
    heights[index] = Math.min(ceiling, heights[index]!);
    ceiling = heights[index]! - step;
  }
  return heights;
}

/**
 * The objective over the two most important parameters, as the forest has learned it: the mean over all other parameters, in bands of equal
 * height, with the trials.
 */
import type { Figure } from "../../figures/figure.ts";
import { cellsOf, pairMarginal } from "../../importance/pairMarginal.ts";
import type { DataCell } from "../../render/csv.ts";
import { element, type Markup } from "../../render/markup.ts";
import { nameText, pixels, text } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import { type ParamAxis, paramAxis } from "../axes/paramAxis.ts";
import type { Digest } from "../digest.ts";
import type { TrialModel } from "../model.ts";
import { numberWords } from "../numberWords.ts";
import { thinned, thinningWords } from "../thin.ts";
import { dot, trialWords } from "./marks.ts";

const width = 760;
const box: PlotBox = { left: 96, right: 600, top: 30, bottom: 380 };
const cells = 40;
const bands = 8;
const most = 400;

/** There are at least two parameters. */
export function landscapeFigure(digest: Digest, model: TrialModel): Figure {
  const { problem, compared } = digest;
  const { learned, shares } = model;
  const [first, second] = shares.main.slice(0, 2).map(({ name }) => problem.space.params.findIndex(([other]) => other === name));
  const [x, y] = [first!, second!].map((index) => paramAxis(...problem.space.params[index]!)) as [ParamAxis, ParamAxis];
  const [columns, rows] = [first!, second!].map((index) => cellsOf(learned.sample.axes[index]!, cells)) as [
    readonly number[],
    readonly number[],
  ];
  const values = pairMarginal(learned, first!, second!, cells);
  const scale = bandsOf(values, problem.objectives[0]!.goal === "minimize");
  const objective = problem.objectives[0]!;
  const trials = thinned(compared, most);
  return {
    name: "landscape",
    drawing: {
      id: "landscape",
      title: "The two most important parameters",
      description: "The mean of the objective over two parameters, as a forest has learned it, in bands of equal height, with the trials.",
      width,
      height: box.bottom + 46,
      body: [
        areas(values, columns.length, rows.length, scale),
        ...frame(box, x, y),
        element(
          "g",
          { class: "series-1" },
          trials.flatMap((seen) => {
            const { config } = seen.trial;
            if (!Object.hasOwn(config, x.name) || !Object.hasOwn(config, y.name)) return [];
            return [dot(xOf(box, x.at(config[x.name]!)), yOf(box, y.at(config[y.name]!)), 2.5, trialWords(seen, problem.objectives))];
          }),
        ),
        key(scale, objective.name),
      ],
    },
    caption: [
      "What the forest expects of ",
      { kind: "name", name: objective.name },
      " at each pair of values of the two most important parameters, averaged over all others. The darker the band, the better. The points are trials that have both parameters.",
      thinningWords(compared.length, most),
    ],
    table: { columns: [x.name, y.name, `expected ${objective.name}`], rows: rowsOf(x, y, columns, rows, values) },
  };
}

/** Bands of equal height between the extremes. `of` gives the band of a value: 0 is the best one. */
type Bands = { readonly edges: readonly number[]; readonly of: (value: number) => number };

function bandsOf(values: Float64Array, lessIsBetter: boolean): Bands {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const edges = Array.from({ length: bands + 1 }, (_, index) => low * (1 - index / bands) + high * (index / bands));
  return {
    edges: lessIsBetter ? edges : edges.reverse(),
    of: (value) => {
      const share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0;
      return Math.min(bands - 1, Math.floor((lessIsBetter ? share : 1 - share) * bands));
    },
  };
}

function opacityOf(band: number): number {
  return pixels(0.75 * (1 - band / (bands - 1)) + 0.03);
}

/** One path per band, of the stretches of cells in each row. */
function areas(values: Float64Array, columns: number, rows: number, scale: Bands): Markup {
  const paths = new Array<string>(bands).fill("");
  for (let row = 0; row < rows; row++) {
    for (let from = 0; from < columns; ) {
      const band = scale.of(values[row * columns + from]!);
      let to = from + 1;
      while (to < columns && scale.of(values[row * columns + to]!) === band) to++;
      const [left, right] = [xOf(box, from / columns), xOf(box, to / columns)];
      const [bottom, top] = [yOf(box, row / rows), yOf(box, (row + 1) / rows)];
      paths[band] += `M${pixels(left)} ${pixels(bottom)}H${pixels(right)}V${pixels(top)}H${pixels(left)}Z`;
      from = to;
    }
  }
  const drawn = paths.map((d, band) => (d === "" ? null : element("path", { d, fill: "currentColor", opacity: opacityOf(band) })));
  return element("g", { class: "series-0 crisp" }, drawn);
}

function key({ edges }: Bands, name: string): Markup {
  const left = box.right + 22;
  const height = 22;
  return element(
    "g",
    { class: "series-0" },
    nameText(left, box.top - 10, name, 20, { class: "soft" }),
    Array.from({ length: bands }, (_, band) =>
      element("rect", { x: left, y: box.top + band * height, width: 20, height, fill: "currentColor", opacity: opacityOf(band) }),
    ),
    edges.map((edge, index) => text(left + 28, box.top + index * height + 4, numberWords(edge, 3), { class: "soft numbers" })),
  );
}

function rowsOf(
  x: ParamAxis,
  y: ParamAxis,
  columns: readonly number[],
  rows: readonly number[],
  values: Float64Array,
): readonly (readonly DataCell[])[] {
  return rows.flatMap((row, j) =>
    columns.map((column, i) => [x.valueAt(column), y.valueAt(row), values[j * columns.length + i]!] as const),
  );
}

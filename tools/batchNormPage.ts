/**
 * Figures and tables of docs/batch-norm-measured.md, from the runs that `npm run bench:batchnorm` left in docs/figures/batch-norm.jsonl.
 * `npm run docs:figures` writes both; nothing is trained for that.
 */
import { readFileSync } from "node:fs";
import { type Config, createSpace, derive, permutation, root, stream } from "@caviar-hpo/core";
import { pow } from "@caviar-hpo/numerics";
import { type Importance, importance } from "@caviar-hpo/report/importance";
import { courseSpace } from "@caviar-hpo/testbed";
import { type LinePanel, linePanelsSvg, type PanelLine } from "../packages/report/src/figures/linePanels.ts";

type Series = readonly number[];
/** One entry for each hidden layer. */
type PerLayer = readonly number[];
type Watched = {
  readonly network: Network;
  readonly rate: number;
  readonly seed: number;
  readonly error: number | null;
  readonly movedBefore: PerLayer;
  readonly movedAfter: PerLayer;
  readonly gradientShift: PerLayer;
  readonly relativeGradientShift: PerLayer;
  readonly cosine: PerLayer;
  readonly smoothness: number;
  readonly gradientChangeRange: number;
  readonly lossRange: number;
  readonly steps?: Series;
  readonly shownShift?: Series;
  readonly shownCosine?: Series;
  /** Loss, its least and greatest along the gradient, the least and greatest change of the gradient, effective smoothness. */
  readonly along?: readonly (readonly [number, number, number, number, number, number])[];
  readonly before?: readonly Series[];
  readonly after?: readonly Series[];
};
type Network = "none" | "batchNorm" | "noisy";
type Runs = {
  readonly watch: readonly Watched[];
  readonly learningRates: readonly {
    readonly optimiser: "sgd" | "adam";
    readonly network: "none" | "batchNorm";
    readonly rate: number;
    readonly seed: number;
    readonly error: number | null;
  }[];
  readonly effectiveRate: readonly {
    readonly network: "none" | "batchNorm";
    readonly l2: number;
    readonly seed: number;
    readonly error: number | null;
    readonly rates: Series;
  }[];
  readonly firstEpoch: readonly {
    readonly steps: number;
    readonly populationStatistics: "raw" | "biasCorrected" | "recomputed";
    readonly decay: number;
    readonly seed: number;
    readonly accuracy: number;
  }[];
  readonly courseSpace: readonly {
    readonly data: "digits" | "teacher";
    readonly index: number;
    readonly config: Config;
    /** After 3, 9 and 27 epochs. */
    readonly errors: readonly (number | null)[];
  }[];
};

export const runs: Runs = readRuns();

function readRuns(): Runs {
  const lines = readFileSync(new URL("../docs/figures/batch-norm.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const all = lines.map((line) => JSON.parse(line) as { readonly experiment: keyof Runs });
  const names: readonly (keyof Runs)[] = ["watch", "learningRates", "effectiveRate", "firstEpoch", "courseSpace"];
  return Object.fromEntries(names.map((name) => [name, all.filter(({ experiment }) => experiment === name)])) as unknown as Runs;
}

const label: { readonly [N in Network]: string } = { none: "without", batchNorm: "batch norm", noisy: "noisy batch norm" };
const networks: readonly Network[] = ["none", "batchNorm", "noisy"];
const watchedRate = 0.1;
/** The error of guessing among ten digits. */
const guessing = 0.9;

/** File names and their contents. */
export function batchNormFigures(): ReadonlyMap<string, string> {
  return new Map([
    ["batch-norm-pre-activations.svg", preActivationsFigure()],
    ["batch-norm-gradient-shift.svg", gradientShiftFigure()],
    ["batch-norm-smoothness.svg", smoothnessFigure()],
    ["batch-norm-learning-rates.svg", learningRatesFigure()],
    ["batch-norm-effective-rate.svg", effectiveRateFigure()],
  ]);
}

/** The page with its tables replaced: the text between `<!-- table: name -->` and `<!-- end -->`. Every table must have a place. */
export function withTables(page: string): string {
  return [...batchNormTables()].reduce((text, [name, table]) => {
    const place = new RegExp(`(<!-- table: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`docs/batch-norm-measured.md has no place for the table "${name}"`);
    return text.replace(place, (_all, begin: string, end: string) => `${begin}\n${table}\n${end}`);
  }, page);
}

export function batchNormTables(): ReadonlyMap<string, string> {
  return new Map([
    ["moved", movedTable()],
    ["gradient shift", gradientShiftTable()],
    ["smoothness", smoothnessTable()],
    ["learning rates", learningRatesTable()],
    ["effective rate", effectiveRateTable()],
    ["share left", shareLeftTable()],
    ["first epoch", firstEpochTable()],
    ["course errors", courseErrorsTable()],
    ["importance, digits", importanceTable("digits")],
    ["importance, teacher", importanceTable("teacher")],
  ]);
}

function preActivationsFigure(): string {
  const domain = extremes(runs.watch.flatMap(({ before = [], after = [] }) => [...before.flat(), ...after.flat()]));
  const panel = (title: string, network: Network, part: "before" | "after"): LinePanel => {
    const { steps, [part]: quantiles } = watched(network).find(({ seed }) => seed === 1)!;
    return {
      title,
      x: steps!,
      xAxis: { name: "step" },
      yAxis: { name: "pre-activation", domain },
      lines: ["15th percentile", "median", "85th percentile"].map((name, index) => ({ name, y: quantiles!.map((each) => each[index]!) })),
    };
  };
  return linePanelsSvg({
    id: "batch-norm-pre-activations",
    title: "Pre-activations of the deepest hidden layer over 470 steps of training",
    description:
      "Percentiles over all units and a fixed batch of validation rows. Without batch norm they drift and widen. The values that batch norm gets drift too; the values that it passes on hardly do. With noise after batch norm they jump from look to look.",
    columns: 4,
    panels: [
      panel("without batch norm", "none", "after"),
      panel("what batch norm gets", "batchNorm", "before"),
      panel("what it passes on", "batchNorm", "after"),
      panel("the same, with noise added", "noisy", "after"),
    ],
  });
}

function gradientShiftFigure(): string {
  const steps = watched("none")[0]!.steps!;
  const lines = (pick: (run: Watched) => Series): readonly PanelLine[] =>
    networks.map((network) => overSeeds(label[network], watched(network).map(pick)));
  return linePanelsSvg({
    id: "batch-norm-gradient-shift",
    title: "How much the update of earlier layers changes the gradient of the deepest hidden layer",
    description:
      "Medians of five seeds and their range, over the steps of training. Left: the length of the change divided by the length of the gradient. Right: the cosine of the angle between the gradients before and after.",
    columns: 2,
    panels: [
      {
        title: "change of the gradient",
        x: steps,
        xAxis: { name: "step" },
        yAxis: { name: "‖G − G′‖ / ‖G‖", logarithmic: true },
        lines: lines((run) => run.shownShift!),
      },
      {
        title: "angle",
        x: steps,
        xAxis: { name: "step" },
        yAxis: { name: "cosine of G and G′" },
        lines: lines((run) => run.shownCosine!),
      },
    ],
  });
}

function smoothnessFigure(): string {
  const steps = watched("none")[0]!.steps!;
  const entries = (network: Network, place: number): readonly Series[] =>
    watched(network).map(({ along }) => along!.map((entry) => entry[place]!));
  const spread = (network: Network, middle: number, low: number, high: number): PanelLine => {
    const [between, least, most] = [middle, low, high].map((place) => medians(entries(network, place)));
    return { name: label[network], y: between!, band: steps.map((_, index) => [least![index]!, most![index]!] as const) };
  };
  const both = ["none", "batchNorm"] as const;
  return linePanelsSvg({
    id: "batch-norm-smoothness",
    title: "Loss and gradient along the gradient, from half to four times the length of the next step",
    description:
      "Medians of five seeds over the steps of training. Left: the range of the loss. Middle: the range of the change of the gradient. Right: the largest change of the gradient divided by the distance.",
    columns: 3,
    panels: [
      {
        title: "loss",
        x: steps,
        xAxis: { name: "step" },
        yAxis: { name: "at the step, and its range ahead", logarithmic: true },
        lines: both.map((network) => spread(network, 0, 1, 2)),
      },
      {
        title: "gradient",
        x: steps,
        xAxis: { name: "step" },
        yAxis: { name: "range of ‖∇L(x) − ∇L(x + ηd)‖", logarithmic: true },
        lines: both.map((network) => spread(network, 4, 3, 4)),
      },
      {
        title: "effective β-smoothness",
        x: steps,
        xAxis: { name: "step" },
        yAxis: { name: "largest change / distance", logarithmic: true },
        lines: both.map((network) => overSeeds(label[network], entries(network, 5))),
      },
    ],
  });
}

function learningRatesFigure(): string {
  const panel = (title: string, optimiser: "sgd" | "adam"): LinePanel => {
    const rates = distinct(runs.learningRates.filter((run) => run.optimiser === optimiser).map(({ rate }) => rate));
    return {
      title,
      x: rates,
      xAxis: { name: "learning rate", logarithmic: true },
      yAxis: { name: "validation error after ten epochs", domain: [0, 1] },
      lines: (["none", "batchNorm"] as const).map((network) => {
        const errors = rates.map((rate) => sweep(optimiser, network, rate).map((error) => error ?? guessing));
        return { name: label[network], y: errors.map(median), band: errors.map(extremes) };
      }),
    };
  };
  return linePanelsSvg({
    id: "batch-norm-learning-rates",
    title: "Validation error over five decades of learning rates, with and without batch norm",
    description: "Medians of five seeds and their range; training that diverged counts as guessing, an error of 0.9.",
    columns: 2,
    panels: [panel("gradient descent", "sgd"), panel("Adam", "adam")],
  });
}

function effectiveRateFigure(): string {
  const penalties = distinct(runs.effectiveRate.map(({ l2 }) => l2));
  const domain = extremes(runs.effectiveRate.flatMap(({ rates }) => rates));
  return linePanelsSvg({
    id: "batch-norm-effective-rate",
    title: "Learning rate over the squared length of the second layer's weights",
    description: "Medians of five seeds and their range, over 40 epochs, for three strengths of L2 regularisation.",
    columns: 2,
    panels: (["batchNorm", "none"] as const).map((network) => ({
      title: label[network],
      x: Array.from({ length: 41 }, (_, epoch) => epoch),
      xAxis: { name: "epoch" },
      yAxis: { name: "effective learning rate", logarithmic: true, domain },
      lines: penalties.map((l2) =>
        overSeeds(
          `L2 ${l2}`,
          runs.effectiveRate.filter((run) => run.network === network && run.l2 === l2).map(({ rates }) => rates),
        ),
      ),
    })),
  });
}

function movedTable(): string {
  const row = (title: string, network: Network, part: "movedBefore" | "movedAfter"): readonly string[] => [
    title,
    ...[0, 1, 2, 3].map((layer) =>
      meanSd(
        watched(network).map((run) => run[part][layer]!),
        3,
      ),
    ),
  ];
  return markdown(
    ["pre-activations of", "layer 1", "layer 2", "layer 3", "layer 4"],
    [
      row("without batch norm", "none", "movedAfter"),
      row("batch norm, what it gets", "batchNorm", "movedBefore"),
      row("batch norm, what it passes on", "batchNorm", "movedAfter"),
      row("noisy batch norm, what it gets", "noisy", "movedBefore"),
      row("noisy batch norm, what it passes on", "noisy", "movedAfter"),
    ],
  );
}

function gradientShiftTable(): string {
  return watchTable(["‖G − G′‖", "‖G − G′‖ / ‖G‖", "cosine", "validation error"], (group) => [
    meanSd(
      group.map(({ gradientShift }) => mean(gradientShift)),
      3,
    ),
    meanSd(
      group.map(({ relativeGradientShift }) => mean(relativeGradientShift)),
      3,
    ),
    meanSd(
      group.map(({ cosine }) => mean(cosine)),
      3,
    ),
    meanSd(
      group.map(({ error }) => error ?? guessing),
      3,
    ),
  ]);
}

function smoothnessTable(): string {
  return watchTable(["range of the loss", "range of the gradient's change", "effective β"], (group) => [
    meanSd(
      group.map(({ lossRange }) => lossRange),
      3,
    ),
    meanSd(
      group.map(({ gradientChangeRange }) => gradientChangeRange),
      3,
    ),
    meanSd(
      group.map(({ smoothness }) => smoothness),
      2,
    ),
  ]);
}

function watchTable(columns: readonly string[], cells: (group: readonly Watched[]) => readonly string[]): string {
  const rates = distinct(runs.watch.map(({ rate }) => rate));
  return markdown(
    ["learning rate", "network", ...columns],
    rates.flatMap((rate) => networks.map((network) => [String(rate), label[network], ...cells(watched(network, rate))])),
  );
}

function learningRatesTable(): string {
  return markdown(
    ["optimiser", "network", "best mean error", "at", "rates within 0.05 of it", "decades", "below an error of 0.15", "runs that diverged"],
    (["sgd", "adam"] as const).flatMap((optimiser) =>
      (["none", "batchNorm"] as const).map((network) => {
        const { best, at, near, decades, good, diverged, all } = usable(optimiser, network);
        return [
          optimiser === "sgd" ? "gradient descent" : "Adam",
          label[network],
          best.toFixed(3),
          shortRate(at),
          near.length === 0 ? "none" : `${shortRate(near[0]!)} to ${shortRate(near.at(-1)!)}`,
          decades.toFixed(2),
          `${good} of ${all / 5} rates`,
          `${diverged} of ${all}`,
        ];
      }),
    ),
  );
}

/** The rates around the best one up to the first that is worse by more than .05 on either side, and how many decades they span. */
export function usable(optimiser: "sgd" | "adam", network: "none" | "batchNorm") {
  const own = runs.learningRates.filter((run) => run.optimiser === optimiser && run.network === network);
  const rates = distinct(own.map(({ rate }) => rate));
  const errors = rates.map((rate) => mean(sweep(optimiser, network, rate).map((error) => error ?? guessing)));
  const best = errors.reduce((a, b) => Math.min(a, b));
  const place = errors.indexOf(best);
  const fits = (index: number): boolean => (errors[index] ?? 1) <= best + 0.05;
  let [from, to] = [place, place];
  while (fits(from - 1)) from--;
  while (fits(to + 1)) to++;
  return {
    best,
    at: rates[place]!,
    near: rates.slice(from, to + 1),
    decades: (to - from) / 4,
    good: errors.filter((error) => error < 0.15).length,
    diverged: own.filter(({ error }) => error === null).length,
    all: own.length,
  };
}

function effectiveRateTable(): string {
  const penalties = distinct(runs.effectiveRate.map(({ l2 }) => l2));
  return markdown(
    ["network", "L2", "at the start", "after 10 epochs", "after 40 epochs", "grown by", "validation error"],
    (["batchNorm", "none"] as const).flatMap((network) =>
      penalties.map((l2) => {
        const group = runs.effectiveRate.filter((run) => run.network === network && run.l2 === l2);
        const at = (epoch: number): string => scientific(mean(group.map(({ rates }) => rates[epoch]!)));
        return [
          label[network],
          String(l2),
          at(0),
          at(10),
          at(40),
          meanSd(
            group.map(({ rates }) => rates[40]! / rates[0]!),
            2,
          ),
          meanSd(
            group.map(({ error }) => error ?? guessing),
            3,
          ),
        ];
      }),
    ),
  );
}

function shareLeftTable(): string {
  const steps = [8, 16, 32, 50, 100, 500];
  return markdown(
    ["weight of the old value", ...steps.map((count) => `${count} steps`)],
    [0.9, 0.99, 0.999].map((decay) => [String(decay), ...steps.map((count) => pow(decay, count).toFixed(3))]),
  );
}

const reading = { raw: "raw", biasCorrected: "bias-corrected", recomputed: "recomputed" } as const;

function firstEpochTable(): string {
  return markdown(
    ["steps in the epoch", "statistics", "0.9", "0.99", "0.9 minus 0.99, paired"],
    distinct(runs.firstEpoch.map(({ steps }) => steps)).flatMap((steps) =>
      (["raw", "biasCorrected", "recomputed"] as const).map((statistics) => {
        const [short, long] = [0.9, 0.99].map((decay) => firstEpochAccuracies(steps, statistics, decay));
        return [
          String(steps),
          reading[statistics],
          meanSd(short!, 3),
          meanSd(long!, 3),
          meanSd(
            short!.map((one, index) => one - long![index]!),
            3,
          ),
        ];
      }),
    ),
  );
}

export function firstEpochAccuracies(steps: number, statistics: "raw" | "biasCorrected" | "recomputed", decay: number): readonly number[] {
  return runs.firstEpoch
    .filter((run) => run.steps === steps && run.populationStatistics === statistics && run.decay === decay)
    .map(({ accuracy }) => accuracy);
}

/** After which epochs, and whether errors are told apart only below the lower quartile. */
const views = [
  { title: "after 3 epochs", look: 0, best: false },
  { title: "9 epochs", look: 1, best: false },
  { title: "27 epochs", look: 2, best: false },
  { title: "27 epochs, the best quarter", look: 2, best: true },
];

/** Shares of the variance in percent; in brackets their range over random halves. Pairs of 2 % or more in any column have a row. */
function importanceTable(data: "digits" | "teacher"): string {
  const columns = views.map(({ look, best }) => shares(data, look, best));
  const names = [...columns[2]!.whole.keys()];
  const isPair = (name: string): boolean => name.includes(" with ");
  const shown = names.filter((name) => !isPair(name) || columns.some(({ whole }) => whole.get(name)! >= 0.02));
  const hidden = names.filter((name) => !shown.includes(name));
  const percent = (share: number): string => (100 * share).toFixed(1);
  const cell = ({ whole, halves }: Shares, name: string): string => {
    const [low, high] = extremes(halves.map((half) => half.get(name)!));
    return `${percent(whole.get(name)!)} [${percent(low)}, ${percent(high)}]`;
  };
  return markdown(
    ["share of the variance (%)", ...views.map(({ title }) => title)],
    [
      ...shown.map((name) => [name, ...columns.map((column) => cell(column, name))]),
      ["all other pairs", ...columns.map(({ whole }) => percent(hidden.reduce((sum, name) => sum + whole.get(name)!, 0)))],
    ],
  );
}

export type Shares = { readonly whole: ReadonlyMap<string, number>; readonly halves: readonly ReadonlyMap<string, number>[] };

/**
 * By parameter, most important first, then what three or more explain together, then by pair; of all configurations and of so many random
 * halves.
 */
export function shares(data: "digits" | "teacher", look: number, best: boolean, count = 5): Shares {
  const errors = courseErrors(data, look);
  const cap = best ? quantile(errors, 0.25) : 1;
  const observations = runs.courseSpace
    .filter((run) => run.data === data)
    .map(({ config }, index) => ({ config, value: Math.min(errors[index]!, cap) }));
  const space = createSpace(courseSpace);
  const key = root("importance");
  const halves = Array.from({ length: count }, (_, half) => {
    const order = permutation(stream(derive(key, "half", half)), observations.length);
    return [...order.subarray(0, observations.length / 2)].map((row) => observations[row]!);
  });
  const of = (rows: typeof observations): ReadonlyMap<string, number> => sharesOf(importance(space, rows, { key, leastRows: 3 }));
  return { whole: of(observations), halves: halves.map(of) };
}

/** Training that diverged counts as guessing. */
function courseErrors(data: "digits" | "teacher", look: number): readonly number[] {
  const guess = data === "digits" ? guessing : 0.8;
  return runs.courseSpace.filter((run) => run.data === data).map(({ errors }) => errors[look] ?? guess);
}

function sharesOf({ main, pairs, rest }: Importance): ReadonlyMap<string, number> {
  return new Map([
    ...main.map(({ name, share }) => [name, share.mean] as const),
    ["three or more together", rest.mean],
    ...pairs.map(({ names, share }) => [names.join(" with "), share.mean] as const),
  ]);
}

/** How well the configurations did. */
function courseErrorsTable(): string {
  const share = (values: readonly number[], level: number): string => quantile(values, level).toFixed(3);
  return markdown(
    ["data", "epochs", "best", "lower quartile", "median", "upper quartile", "diverged"],
    (["digits", "teacher"] as const).flatMap((data) =>
      [3, 9, 27].map((epochs, look) => {
        const errors = courseErrors(data, look);
        const diverged = runs.courseSpace.filter((run) => run.data === data && run.errors[look] === null).length;
        return [data, String(epochs), ...[0, 0.25, 0.5, 0.75].map((level) => share(errors, level)), `${diverged} of ${errors.length}`];
      }),
    ),
  );
}

function watched(network: Network, rate = watchedRate): readonly Watched[] {
  return runs.watch.filter((run) => run.network === network && run.rate === rate);
}

function sweep(optimiser: string, network: string, rate: number): readonly (number | null)[] {
  return runs.learningRates
    .filter((run) => run.optimiser === optimiser && run.network === network && run.rate === rate)
    .map(({ error }) => error);
}

/** The median over seeds with the range. */
function overSeeds(name: string, series: readonly Series[]): PanelLine {
  return { name, y: medians(series), band: series[0]!.map((_, index) => extremes(series.map((one) => one[index]!))) };
}

function medians(series: readonly Series[]): Series {
  return series[0]!.map((_, index) => median(series.map((one) => one[index]!)));
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Interpolated between two values. */
function quantile(values: readonly number[], level: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  const at = (ascending.length - 1) * level;
  const [low, high] = [ascending[Math.floor(at)]!, ascending[Math.ceil(at)]!];
  return low + (at - Math.floor(at)) * (high - low);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function extremes(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

function meanSd(values: readonly number[], digits: number): string {
  const centre = mean(values);
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / (values.length - 1));
  return `${centre.toFixed(digits).replace("-", "−")} ± ${sd.toFixed(digits)}`;
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function shortRate(rate: number): string {
  return String(Number(rate.toPrecision(2)));
}

function scientific(value: number): string {
  return value.toExponential(2).replace("e", " × 10^").replace("+", "");
}

function markdown(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return `${[line(columns), line(columns.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n")}\n`;
}

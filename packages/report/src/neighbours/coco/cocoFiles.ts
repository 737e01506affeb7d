/**
 * Runs on the functions of BBOB as a data folder of COCO, which cocopp and IOHinspector read (Hansen et al. 2021, "COCO: a platform for
 * comparing continuous optimizers in a black-box setting"). The format is `bbob-new2` of coco-experiment 2.8.2, logger `bbob`.
 *
 * | file | content |
 * |---|---|
 * | `bbobexp_f1.info` | per dimension: a head, a comment, and the runs as `instance:evaluations|precision` |
 * | `data_f1/bbobexp_f1_DIM5.dat` | per run: the first evaluation, each one that is better than all before, and the last one |
 * | `data_f1/bbobexp_f1_DIM5.tdat` | per run: about 20 evaluations per factor of ten, and the last one |
 */
import { pow } from "@caviar-hpo/numerics";

/** One run on one instance of a function of BBOB. */
export type CocoRun = {
  /** 1 to 24. */
  readonly function: number;
  readonly dimension: number;
  readonly instance: number;
  /** The minimum of the instance. */
  readonly optimum: number;
  /** In their order. At least one. The values are those of the function; one that is not finite is a failed evaluation. */
  readonly evaluations: readonly { readonly x: readonly number[]; readonly value: number }[];
};

/** A file of the folder: a relative path with `/`, of letters, digits, underscores and dots. */
export type CocoFile = { readonly path: string; readonly text: string };

/**
 * The files of one algorithm.
 *
 * @param algorithm its name. Characters other than letters, digits, spaces and `._+-()` become underscores, because the readers know no
 * quoting.
 */
export function cocoFiles(algorithm: string, runs: readonly CocoRun[]): readonly CocoFile[] {
  const functions = [...new Set(runs.map((run) => run.function))].sort((a, b) => a - b);
  return functions.flatMap((number) => {
    const ofFunction = runs.filter((run) => run.function === number);
    const dimensions = [...new Set(ofFunction.map(({ dimension }) => dimension))].sort((a, b) => a - b);
    const groups = dimensions.map((dimension) => ofFunction.filter((run) => run.dimension === dimension));
    return [
      { path: `bbobexp_f${number}.info`, text: groups.map((group) => infoBlock(algorithm, group)).join("\n") },
      ...groups.flatMap((group) => [
        { path: `${dataPath(group[0]!)}.dat`, text: group.map((run) => runText(run, improvements(run))).join("") },
        { path: `${dataPath(group[0]!)}.tdat`, text: group.map((run) => runText(run, spacedEvaluations(run))).join("") },
      ]),
    ];
  });
}

function dataPath(run: CocoRun): string {
  return `data_f${run.function}/bbobexp_f${run.function}_DIM${run.dimension}`;
}

/** Three lines without a line end after the last. */
function infoBlock(algorithm: string, runs: readonly CocoRun[]): string {
  const first = runs[0]!;
  const name = algorithm.replace(/[^A-Za-z0-9 ._+()-]/g, "_").slice(0, 100);
  const results = runs.map((run) => `${run.instance}:${run.evaluations.length}|${exponential(bestPrecision(run), 1)}`);
  return [
    `suite = 'bbob', funcId = ${first.function}, DIM = ${first.dimension}, Precision = 1.000e-08, algId = '${name}', coco_version = '2.8.2', logger = 'bbob', data_format = 'bbob-new2'`,
    "% written by Caviar",
    [`${dataPath(first)}.dat`, ...results].join(", "),
  ].join("\n");
}

/** Stands for the value of a failed evaluation, because cocopp never finishes if a number is not finite. */
const failed = 1e300;

/** The best value minus the minimum. Rounding may put values below the minimum. */
function bestPrecision({ evaluations, optimum }: CocoRun): number {
  return Math.max(0, evaluations.reduce((best, { value }) => (value < best ? value : best), failed) - optimum);
}

/** From 0: the first evaluation, by which IOHinspector finds the start of a run; those that are better than all before; the last one. */
function improvements({ evaluations }: CocoRun): ReadonlySet<number> {
  let best = failed;
  const better = evaluations.flatMap(({ value }, at) => {
    if (!(value < best)) return [];
    best = value;
    return [at];
  });
  return new Set([0, ...better, evaluations.length - 1]);
}

function spacedEvaluations({ evaluations }: CocoRun): ReadonlySet<number> {
  const chosen = new Set<number>();
  for (let step = 0; ; step++) {
    const count = Math.floor(pow(10, step / 20) + 1e-9);
    if (count > evaluations.length) break;
    chosen.add(count - 1);
  }
  return chosen.add(evaluations.length - 1);
}

/** The head of a run, and the chosen evaluations with the best value until then. */
function runText(run: CocoRun, chosen: ReadonlySet<number>): string {
  const { evaluations, optimum, dimension } = run;
  const head = `% f evaluations | g evaluations | best noise-free fitness - Fopt (${exponential(optimum, 12)}) + sum g_i+ | measured fitness | best measured fitness or single-digit g-values | x1 | x2...`;
  const lines = [head];
  let best = failed;
  evaluations.forEach(({ x, value }, at) => {
    if (value < best) best = value;
    if (!chosen.has(at)) return;
    // COCO writes the points of small dimensions only.
    const point = dimension < 7 ? x.map((coordinate) => signed(coordinate, 4)) : [];
    lines.push(
      [
        `${at + 1}`,
        "0",
        signed(Math.max(0, best - optimum), 9),
        signed(value < failed ? value : failed, 9),
        signed(best, 9),
        ...point,
      ].join(" "),
    );
  });
  return `${lines.join("\n")}\n`;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? "" : "+"}${exponential(value, digits)}`;
}

/** As printf's %.<digits>e: the exponent has at least two digits. */
function exponential(value: number, digits: number): string {
  return value.toExponential(digits).replace(/e([+-])(\d)$/, "e$10$2");
}

import { choice, createSpace, type Measurement, type Problem, real } from "@caviar-hpo/core";
import { test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { hostileNames } from "../../testing/hostileNames.ts";
import { exampleStudy, expectStrictPage, measured, pageTree, shownStudies, studyOf } from "../../testing/shownStudies.ts";
import { everyNode, type MarkupNode, parseMarkup, textOf } from "../../testing/strictMarkup.ts";
import { importanceOf } from "../importance/importanceOf.ts";
import { visible } from "../visible.ts";
import { type StudyReport, studyReport } from "./studyReport.ts";

const example = exampleStudy({ trials: 60 });
const report = studyReport(example);

const page = ({ html }: StudyReport): MarkupNode => pageTree(html);

/** The rows of a CSV file without quoted cells, by the names of its columns. */
function rowsIn({ files }: StudyReport, name: string): readonly { readonly [column: string]: string }[] {
  const [head, ...rows] = files
    .find((file) => file.name === name)!
    .text.trim()
    .split("\n");
  const columns = head!.split(",").map((cell) => cell.replace(/^"|"$/g, ""));
  return rows.map((row) => Object.fromEntries(row.split(",").map((cell, index) => [columns[index], cell])));
}

describe("the page of a study", () => {
  it("has a section for each question, figures in the order of the page, and a file for each of them", () => {
    const titles = everyNode(page(report))
      .filter(({ name }) => name === "h2")
      .map(textOf);
    expect(titles).toEqual([
      "Progress and failures",
      "Which parameters matter",
      "Why each trial was chosen",
      "What the workers did",
      "Trials",
      "Settings",
    ]);
    const names = ["progress", "importance", "parallel", "slices", "landscape", "predictions", "workers"];
    expect([...report.html.matchAll(/<svg [^>]*class="figure" [^>]*aria-labelledby="([a-z-]+)-title/g)].map(([, id]) => id)).toEqual(names);
    expect(report.files.map(({ name }) => name)).toEqual([
      ...names.flatMap((name) => ["svg", "csv", "json"].map((form) => `fig/${name}.${form}`)),
      "fig/trials.csv",
      "fig/choices.csv",
    ]);
  });

  it("shows what the strategy expected of further trials, if its notes say so", () => {
    const outlookAt = (trial: number) => ({
      ...{ expected: 1 / trial, beyond: 0.01, probability: 20 / (20 + trial), next: 0.1 / trial },
      quantiles: [
        [0.5, 0.5 / trial],
        [0.9, trial === 59 ? 0 : 3 / trial],
      ],
    });
    const study = studyOf({
      ...{ problem: example.problem, trials: 60, outcome: (_config, trial) => ({ curve: [measured(1 / (trial + 1))] }) },
      note: (trial) => (trial < 10 ? { decided: "initial design" } : { decided: "model", remaining: outlookAt(trial) }),
    });
    const rows = rowsIn(studyReport(study), "fig/outlook.csv");
    expect(rows.map(({ trial }) => Number(trial))).toEqual(Array.from({ length: 50 }, (_, index) => index + 10));
    expect(rows.at(-1)).toEqual({
      trial: "59",
      "expected gain": "0.016949153",
      "gain at 50 %": "0.0084745763",
      "gain at 90 %": "0",
      "a gain counts from": "0.01",
      probability: "0.25316456",
      "next trial": "0.0016949153",
      "next trial per second": "",
    });
    const text = textOf(page(studyReport(study)));
    expect(text).toContain(
      "When it chose trial 59, the strategy expected that all trials from then on improve the best loss by 0.0169 together",
    );
    expect(report.files.map(({ name }) => name)).not.toContain("fig/outlook.csv");
  });

  it("is one file that requests nothing, and the same study gives the same bytes", () => {
    expect(studyReport(exampleStudy({ trials: 60 }))).toEqual(report);
    const [policy] = everyNode(page(report)).flatMap(({ attributes }) =>
      attributes["http-equiv"] === "Content-Security-Policy" ? [attributes.content!] : [],
    );
    expect(policy).toContain("default-src 'none'; script-src 'sha256-");
    expect(policy).not.toContain("connect-src");
    const addresses = everyNode(page(report)).flatMap(({ attributes }) => [attributes.href ?? "", attributes.src ?? ""]);
    expect(addresses.filter((address) => address !== "" && !/^(?:#[a-z-]+|fig\/[a-z-]+\.(?:csv|json|svg))$/.test(address))).toEqual([]);
  });

  it("says how many trials there are, and which is best", () => {
    const [facts] = everyNode(page(report)).filter(({ name, attributes }) => name === "dl" && attributes.class === "counts");
    const failed = example.trials.filter(({ status }) => status === "failed").length;
    const best = Math.min(...example.trials.flatMap(({ curve }) => curve.map(({ values }) => values[0]!)));
    expect(textOf(facts!).replace(/\s+/g, " ").trim()).toBe(
      `trials 60 failed ${failed} running 0 best loss ${Number(best.toPrecision(4))}`,
    );
    expect(failed).toBeGreaterThan(0);
  });
});

describe("the numbers of the figures", () => {
  it("have the best value so far of the trials that succeeded", () => {
    let best = Infinity;
    for (const [index, row] of rowsIn(report, "fig/progress.csv").entries()) {
      const value = example.trials[index]!.curve[0]?.values[0];
      if (value !== undefined) best = Math.min(best, value);
      expect(row.loss).toBe(value === undefined ? "" : String(Number(value.toPrecision(8))));
      expect(row["best so far: loss"]).toBe(best === Infinity ? "" : String(Number(best.toPrecision(8))));
    }
  });

  it("have the shares that importanceOf computes", () => {
    const { main } = importanceOf({ problem: example.problem, trials: example.trials });
    const rows = rowsIn(report, "fig/importance.csv").slice(0, main.length);
    expect(rows.map(({ parameters, share }) => [parameters, Number(share)])).toEqual(
      main.map(({ name, share }) => [name, Number(share.mean.toPrecision(8))]),
    );
    expect(rows[0]!.parameters).toBe("learningRate");
  });

  it("have the values of every trial by parameter, and none where a parameter is not active", () => {
    const measuredTrials = example.trials.filter(({ status }) => status !== "failed");
    const rows = rowsIn(report, "fig/parallel.csv");
    expect(rows.map(({ trial }) => Number(trial))).toEqual(measuredTrials.map(({ id }) => id));
    for (const [index, { config }] of measuredTrials.entries()) {
      const { momentum } = config as { readonly momentum?: number };
      expect(rows[index]!.params_momentum).toBe(momentum === undefined ? "" : String(Number(momentum.toPrecision(8))));
    }
    expect(rows.some(({ params_momentum }) => params_momentum === "")).toBe(true);
    const slices = rowsIn(report, "fig/slices.csv").filter(({ parameter }) => parameter === "momentum");
    expect(slices.length).toBe(rows.filter(({ params_momentum }) => params_momentum !== "").length);
  });

  it("have what was predicted and measured: a value one standard deviation above its mean has 84 % below it", () => {
    const rows = rowsIn(report, "fig/predictions.csv");
    expect(rows.length).toBe(example.trials.filter(({ status }) => status !== "failed").length);
    for (const row of rows) expect(Number(row["share below"])).toBe(0.84134475);
    const cells = everyNode(page(report))
      .filter(({ name }) => name === "td")
      .map(textOf);
    expect(cells).toContain(`0 % of ${rows.length}`);
    expect(cells).toContain(`100 % of ${rows.length}`);
  });

  it("have the whole note of each trial", () => {
    const { text } = report.files.find(({ name }) => name === "fig/choices.csv")!;
    expect(text.split("\n")[11]).toContain('10,model,"{""decided"":""model"",""effort"":10}"');
  });
});

const oneReal = createSpace({ x: real(0, 1) });
const plain: Problem = {
  space: oneReal,
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: null,
  resumable: false,
};
const titlesOf = (made: StudyReport): readonly string[] =>
  everyNode(page(made))
    .filter(({ name }) => name === "h2")
    .map(textOf);

describe("studies of other kinds", () => {
  it("an empty study says so, and has its settings", () => {
    const made = studyReport({ name: "empty", problem: plain, trials: [] });
    expect(titlesOf(made)).toEqual(["Settings"]);
    expect(textOf(page(made))).toContain("The study has no trial yet.");
  });

  it("a study in which every trial fails says so, and counts the errors", () => {
    const made = studyReport(
      studyOf({ problem: plain, trials: 9, outcome: (_, trial) => ({ error: trial < 6 ? "out of memory" : "NaN" }) }),
    );
    expect(textOf(page(made))).toContain("Every trial has failed.");
    expect(made.markdown).toMatch(/\| threw \| out of memory \| 6 \| 0 \|\n\| threw \| NaN \| 3 \| 6 \|/);
  });

  it("of many parameters, figures show the first ones while there are too few trials to say which are important", () => {
    const space = createSpace(Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`p${index}`, real(0, 1)])));
    const wordsOf = (trials: number): string =>
      textOf(
        page(studyReport(studyOf({ problem: { ...plain, space }, trials, outcome: ({ p3 }) => ({ curve: [measured(p3 as number)] }) }))),
      );
    expect(wordsOf(6)).toContain("The first 12 parameters are shown.");
    expect(wordsOf(6)).toContain("The first 11 parameters have an axis.");
    expect(wordsOf(6)).not.toContain("most important");
    expect(wordsOf(30)).toContain("The 12 most important parameters are shown.");
  });

  it("several objectives have their front, as the naive definition finds it", () => {
    const objectives: Problem["objectives"] = [
      { name: "error", goal: "minimize" },
      { name: "speed", goal: "maximize" },
    ];
    const outcome = ({ x }: { readonly x?: unknown }, trial: number): { readonly curve: readonly Measurement[] } => ({
      curve: [{ ...measured(0), values: [(x as number) ** 2, (x as number) - (trial % 3) / 10] }],
    });
    const study = studyOf({ problem: { ...plain, objectives }, trials: 40, outcome });
    const values = study.trials.map(({ curve }) => curve[0]!.values as [number, number]);
    const isBeaten = ([error, speed]: [number, number]): boolean =>
      values.some((other) => other[0] <= error && other[1] >= speed && (other[0] < error || other[1] > speed));
    const rows = rowsIn(studyReport(study), "fig/front.csv");
    expect(rows.map((row) => row["on the front"] === "yes")).toEqual(values.map((one) => !isBeaten(one)));
    expect(titlesOf(studyReport(study))[0]).toBe("Pareto front");
  });

  it("a tournament is compared at the highest rung that enough trials have reached", () => {
    const fidelity = { unit: "epochs", min: 1, max: 9, whole: true };
    const curve = (trial: number): readonly Measurement[] =>
      [1, 3, 9].slice(0, trial < 5 ? 3 : trial < 25 ? 2 : 1).map((at) => measured(trial + 1 / at, at));
    const study = studyOf({ problem: { ...plain, fidelity }, trials: 60, outcome: (_, trial) => ({ curve: curve(trial) }) });
    const made = studyReport(study);
    expect(textOf(page(made)).replace(/\s+/g, " ")).toContain(
      "This section compares 25 trials that did not fail, by what they measured at 3 epochs.",
    );
    expect(rowsIn(made, "fig/parallel.csv").map(({ values_loss }) => values_loss)).toEqual(
      Array.from({ length: 25 }, (_, trial) => String(Number((trial + 1 / 3).toPrecision(8)))),
    );
    const brackets = made.markdown.split("\n").filter((row) => /^\| [139] \| \d+ \| /.test(row));
    expect(brackets.map((row) => row.replace(/ best [\d.]+/g, ""))).toEqual([
      "| 1 | 35 | 35 | – | – |",
      "| 3 | 20 | 20 | 20 | – |",
      "| 9 | 5 | 5 | 5 | 5 |",
    ]);
  });
});

describe("text from outside", () => {
  const [first = "", second = "", ...others] = hostileNames;
  const study = studyOf({
    name: first,
    problem: {
      ...plain,
      space: createSpace([
        [second, real(0, 1)],
        ...hostileNames.slice(2, 8).map((name) => [name, choice([...others.slice(0, 30), true, 3])] as const),
      ]),
      objectives: [
        { name: others[40]!, goal: "maximize" },
        { name: others[41]!, goal: "minimize" },
      ],
      fidelity: { unit: others[42]!, min: 1, max: 27, whole: true },
    },
    trials: hostileNames.length,
    outcome: (_, trial) =>
      trial % 3 === 0 ? { error: hostileNames[trial]! } : { curve: [{ ...measured(0, 1 + (trial % 27)), values: [trial, -trial] }] },
    note: (trial) => (trial % 2 === 0 ? { decided: hostileNames[trial]!, [hostileNames[trial]!]: 1 } : hostileNames[trial]!),
    worker: (trial) => hostileNames[trial]!,
  });
  const made = studyReport({ ...study, annotations: { [others[43]!]: others[44]! }, ended: { reason: others[45]! } });

  it("is text in the page and in its figures", () => {
    const nodes = everyNode(page(made));
    const allowed = new Set(
      "html head meta title style body header p h1 h2 h3 dl dt dd div nav a main section figure figcaption strong code pre bdi span table thead tbody tr th td svg desc g line text path rect circle footer script wbr".split(
        " ",
      ),
    );
    expect([...new Set(nodes.map(({ name }) => name))].filter((name) => name !== "" && !allowed.has(name))).toEqual([]);
    expect(nodes.filter(({ name }) => name === "script").length).toBe(1);
    expect(nodes.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => name.startsWith("on"))).toEqual([]);
    expect(nodes.flatMap(({ attributes: { href } }) => (href === undefined || /^(?:#|fig\/)[a-z-]+/.test(href) ? [] : [href]))).toEqual([]);
    const shown = new Set(nodes.filter(({ name }) => name === "bdi").map(textOf));
    for (const name of [...hostileNames.slice(1, 8), others[40]!, others[42]!]) expect(shown.has(visible(name)), name).toBe(true);
    for (const { name, text } of made.files) if (name.endsWith(".svg")) parseMarkup(text);
  });

  it("starts no formula in a CSV file", () => {
    for (const { name, text } of made.files) if (name.endsWith(".csv")) expect(text, name).not.toMatch(/(?:^|,|\n)"?[=+@]/);
  });
});

describe("any study", () => {
  test.prop([shownStudies], { numRuns: 6 })("has a strict page in which every number is a number", (study) =>
    expectStrictPage(studyReport(study)),
  );
});

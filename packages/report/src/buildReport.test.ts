import { describe, expect, it } from "vitest";
import { campaign } from "../testing/campaign.ts";
import { hostileNames } from "../testing/hostileNames.ts";
import { readLatexTable } from "../testing/strictLatex.ts";
import { everyNode, type MarkupNode, parseMarkup, textOf } from "../testing/strictMarkup.ts";
import { buildReport, type CampaignReport } from "./buildReport.ts";
import { shownCommand } from "./page/shownCommand.ts";
import { rankingTable } from "./rankingTable.ts";
import { inOrder } from "./render/escapeMarkdown.ts";
import { pageScript } from "./render/pageScript.generated.ts";
import { escapeTerminal } from "./render/terminal.ts";
import type { CampaignResults } from "./results.ts";
import { visible } from "./visible.ts";

const elements = new Set(
  "html head meta title style script fieldset legend label button input wbr body header main footer nav section h1 h2 h3 p a ul li dl dt dd div span bdi strong code pre figure figcaption details summary table thead tbody tr th td svg defs desc g use text path line rect circle".split(
    " ",
  ),
);
const attributes = new Set(
  "open hidden tabindex type value checked data-table data-value data-declared data-over data-instead data-reference data-ranks data-computed data-strategy data-problem data-choose data-switch data-scale data-all data-plot data-curve data-moves data-ticks lang charset http-equiv content name class id href role aria-label aria-labelledby scope viewBox width height x y x1 y1 x2 y2 cx cy r d transform stroke-dasharray xmlns".split(
    " ",
  ),
);

function parsePage(report: CampaignReport): MarkupNode {
  expect(report.html.startsWith("<!doctype html>\n")).toBe(true);
  return parseMarkup(report.html.slice("<!doctype html>".length));
}

describe("the page", () => {
  const report = buildReport(campaign({ seeds: 14 }));
  const nodes = everyNode(parsePage(report)).slice(1);

  it("is made of harmless elements and attributes only", () => {
    expect(nodes.filter(({ name }) => !elements.has(name)).map(({ name }) => name)).toEqual([]);
    expect(nodes.flatMap((node) => Object.keys(node.attributes)).filter((name) => !attributes.has(name))).toEqual([]);
  });

  it("forbids everything but its own style and the one script, which it names by its hash", async () => {
    const policy = nodes.find((node) => node.attributes["http-equiv"] === "Content-Security-Policy")!;
    const [script, ...others] = nodes.filter(({ name }) => name === "script");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(textOf(script!))));
    const hash = btoa(String.fromCharCode(...digest));
    expect(policy.attributes.content).toBe(
      `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(others).toEqual([]);
    expect(script!.attributes).toEqual({});
    const head = nodes.find(({ name }) => name === "head")!;
    const position = head.children.filter((child) => typeof child !== "string").indexOf(policy);
    expect(position).toBe(1);
  });

  it("fetches nothing: links lead into the page or to the files next to it, styles name no address", () => {
    const files = new Set(report.files.map(({ name }) => name));
    const ids = new Set(nodes.map((node) => node.attributes.id).filter((id) => id !== undefined));
    const links = nodes.map((node) => node.attributes.href).filter((href) => href !== undefined);
    expect(links.length).toBeGreaterThan(8);
    for (const link of links) expect(link.startsWith("#") ? ids.has(link.slice(1)) : files.has(link)).toBe(true);
    for (const style of nodes.filter(({ name }) => name === "style")) expect(textOf(style)).not.toMatch(/url\(|@import|expression|<|\\/i);
  });

  it("uses each id once", () => {
    const ids = nodes.map((node) => node.attributes.id).filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  const figures = [
    ...["ranking", "random-equivalents", "factors", "rank-over-budget", "speed-up", "runtime", "runtime-by-dimension", "data-profiles"],
    ...["curves-1-branin", "curves-2-levy-d6"],
  ];

  it("says n in every caption and links the numbers of every figure", () => {
    const captions = nodes.filter(({ name }) => name === "figcaption").map(textOf);
    expect(captions.length).toBe(figures.length);
    captions.forEach((caption, index) => {
      expect(caption).toMatch(new RegExp(`^Figure ${index + 1}\\. `));
      expect(caption).toMatch(/n = /);
      expect(caption).toMatch(
        /Data: fig\/[a-z0-9-]+\.csv, JSON\. Drawing: SVG\. To make these files again: npx caviar-hpo report \. --figure [a-z0-9-]+$/,
      );
    });
    expect(report.files.map(({ name }) => name).filter((name) => name.startsWith("fig/"))).toEqual(
      figures.flatMap((name) => [`fig/${name}.svg`, `fig/${name}.csv`, `fig/${name}.json`]),
    );
  });

  it("shows the question, the hashes and the command", () => {
    const text = textOf(parsePage(report));
    for (const part of [
      "Does anything beat random search?",
      "0123456789abcdef".repeat(4),
      "fedcba9876543210".repeat(4),
      "npm run bench -- small",
    ]) {
      expect(text).toContain(part);
      expect(report.markdown.replace(/\\/g, "")).toContain(part);
    }
    expect(nodes.some((node) => node.attributes.class?.startsWith("banner"))).toBe(false);
  });
});

describe("the report", () => {
  it("has the same bytes for the same data", () => {
    const results = campaign();
    const copy = JSON.parse(JSON.stringify(results)) as CampaignResults;
    expect(buildReport(copy)).toEqual(buildReport(results));
  });

  it("does not change its input", () => {
    const results = campaign({ seeds: 2, budget: 3 });
    const before = JSON.stringify(results);
    buildReport(results);
    expect(JSON.stringify(results)).toBe(before);
  });

  it("puts a red banner over an incomplete matrix", () => {
    const results = campaign();
    const report = buildReport({ ...results, runs: results.runs.slice(1) });
    const banners = everyNode(parsePage(report)).filter((node) => node.attributes.class === "banner error");
    expect(banners.map(textOf)).toEqual([expect.stringMatching(/Incomplete: 1 of 36 runs is missing\. .*random on branin \(1 of 6\)\./s)]);
    expect(report.markdown).toContain("> **Warning.** Incomplete: 1 of 36 runs is missing.");
    expect(report.markdown).toContain("**5 of 6**");
  });

  it("lists the constraints between the parameters of a problem, and says what its minimum is", () => {
    const [free, constrained] = campaign().problems;
    const listing = (change: object): readonly string[] => {
      const report = buildReport({ ...campaign(), problems: [free!, { ...constrained!, ...change }] });
      const lines = everyNode(parsePage(report))
        .filter(({ name }) => name === "pre")
        .map(textOf);
      return [lines.find((text) => text.includes("x1")) ?? "", report.markdown];
    };
    const where = ["x1 + x2 <= 5", "not (x1 >= 3 and x2 = 1)"];
    const [html, markdown] = listing({ where });
    expect(html).toBe(where.join("\n"));
    expect(markdown).toContain(where.join("\n"));
    expect(markdown).toContain("keeps these constraints between its parameters. The plan states the minimum f\\* under them.");
    expect(listing({ where, optimumIsBound: true })[1]).toContain(
      "The minimum f\\* is the one without them, so regrets may never reach 0.",
    );
    expect(listing({})[0]).toBe("");
    expect(() => buildReport({ ...campaign(), problems: [free!, { ...constrained!, where: [] }] })).toThrow("at least one constraint");
  });

  it("says that few seeds cannot be tested", () => {
    expect(buildReport(campaign({ seeds: 4 })).markdown).toContain("not testable at n = 4");
    expect(buildReport(campaign({ seeds: 20 })).markdown).not.toContain("not testable at n");
  });

  it.each([
    ["one strategy", campaign({ strategies: ["random"] })],
    ["one seed", campaign({ seeds: 1 })],
    ["one evaluation", campaign({ budget: 1 })],
    ["no runs at all", { ...campaign(), runs: [] }],
    ["only failures", { ...campaign(), runs: campaign().runs.map((run) => ({ ...run, values: run.values.map(() => null) })) }],
    [
      "every value at the minimum",
      { ...campaign(), runs: campaign().runs.map((run) => ({ ...run, values: [run.problem === "branin" ? 0 : 1] })) },
    ],
    [
      "thirty strategies",
      campaign({ strategies: Array.from({ length: 30 }, (_, index) => `strategy ${index}`), problems: ["p"], seeds: 3 }),
    ],
  ])("is well formed and free of NaN with %s", (_, results) => {
    const report = buildReport(results);
    parsePage(report);
    for (const { name, text } of report.files) if (name.endsWith(".svg")) parseMarkup(text);
    for (const text of [report.html.replace(pageScript(), ""), report.markdown, report.json, ...report.files.map((file) => file.text)])
      expect(text.match(/NaN|undefined|\[object/)).toBeNull();
    JSON.parse(report.json);
  });
});

describe("hostile names", () => {
  // Every name stands in every place that data can reach: labels, implementations, options, ids, titles, tags, sources, constraints and the
  // campaign's own texts.
  const names = hostileNames;
  const plain = campaign({ strategies: ["random", ...names.slice(0, 30)], problems: names.slice(30), seeds: 2, budget: 2 });
  const results: CampaignResults = {
    ...plain,
    name: names.join(" "),
    title: names.join(" "),
    question: names.join(" "),
    command: names.join(" "),
    noise: names.join(" "),
    strategies: plain.strategies.map((strategy, index) => ({
      ...strategy,
      name: names[(index + 30) % names.length]!,
      options: { [names[index]!]: names[index]! },
    })),
    runs: plain.runs.map((run, index) =>
      index % 7 === 0 ? { ...run, failed: { kind: "crashed", message: names[(index / 7) % names.length]! } } : run,
    ),
    problems: plain.problems.map((problem, index) => ({
      ...problem,
      box: names[index]!,
      tuned: true,
      title: names.join(" "),
      tags: names,
      source: names.join(" "),
      where: names,
    })),
  };
  const report = buildReport(results);
  const page = parsePage(report);
  const nodes = everyNode(page).slice(1);

  it("become no element, no handler and no address", () => {
    expect(nodes.filter(({ name }) => !elements.has(name)).map(({ name }) => name)).toEqual([]);
    expect(nodes.flatMap((node) => Object.keys(node.attributes)).filter((name) => !attributes.has(name))).toEqual([]);
    for (const node of nodes)
      expect(node.attributes.href ?? "#none").toMatch(/^(?:#[a-z0-9-]+|fig\/[a-z0-9-]+\.(?:csv|json|svg)|tables\/[a-z0-9-]+\.tex)$/);
  });

  it("come back from the page as the text they are", () => {
    const isolated = new Set(nodes.filter(({ name }) => name === "bdi").map(textOf));
    for (const name of names) expect(isolated.has(visible(name))).toBe(true);
    expect(textOf(nodes.find(({ name }) => name === "h1")!)).toBe(visible(names.join(" ")));
  });

  it("come back from every figure, as text or as its tooltip", () => {
    for (const { name, text } of report.files.filter((file) => file.name.endsWith(".svg"))) {
      const inside = everyNode(parseMarkup(text)).slice(1);
      expect(inside.filter((node) => !elements.has(node.name))).toEqual([]);
      if (name.startsWith("fig/ranking")) {
        const shown = new Set(inside.filter((node) => node.name === "text" || node.name === "title").map(textOf));
        for (const label of results.strategies.map((strategy) => visible(strategy.label))) {
          expect([...shown].some((entry) => entry === label || entry.startsWith(`${label}: `) || entry.startsWith(label))).toBe(true);
        }
      }
    }
  });

  it("name no file", () => {
    for (const { name } of report.files) expect(name).toMatch(/^(?:fig\/[a-z0-9-]+\.(?:svg|csv|json)|tables\/[a-z0-9-]+\.tex)$/);
    expect(new Set(report.files.map(({ name }) => name)).size).toBe(report.files.length);
  });

  it("start no formula in a spreadsheet", () => {
    for (const { name, text } of report.files) {
      if (!name.endsWith(".csv")) continue;
      for (const cell of readCsv(text).flat()) if (Number.isNaN(Number(cell))) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    }
  });

  it("are the text that they are in the JSON of every figure", () => {
    const data = report.files.filter(({ name }) => name.endsWith(".json")).map(({ text }) => JSON.parse(text) as FigureJson);
    expect(data.length).toBeGreaterThan(30);
    const texts = new Set(data.flatMap(({ series }) => series.flatMap(({ rows: _, ...own }) => Object.values(own))));
    for (const name of [...names.slice(30), ...results.strategies.map(({ label }) => label)]) expect(texts.has(name)).toBe(true);
    for (const { columns, series } of data) for (const { rows } of series) for (const row of rows) expect(row.length).toBe(columns.length);
  });

  it("are the text that they are in every LaTeX table", () => {
    const tables = report.files.filter(({ name }) => name.endsWith(".tex")).map(({ text }) => readLatexTable(text));
    expect(tables.length).toBeGreaterThan(30);
    const cells = new Set(tables.flat(2));
    for (const name of names) expect(cells.has(escapeTerminal(name))).toBe(true);
  });

  it("keep the Markdown tables in shape", () => {
    const lines = report.markdown.split("\n").filter((line) => line.startsWith("| "));
    const columns = (line: string): number => line.replace(/\\./g, "").split("|").length;
    expect(lines.filter((line) => /^\| -/.test(line)).length).toBeGreaterThan(5);
    for (const [index, line] of lines.entries()) {
      if (/^\| -/.test(line)) expect(columns(lines[index - 1]!)).toBe(columns(line));
    }
    const [prose, , code] = report.markdown.split(/^`{3,}sh\n/m);
    // Constraints stand in fences of their own, which no line inside them ends.
    const outside = prose!.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, "");
    expect(outside.replace(/\\./g, "").match(/<[a-z!/]|\]\((?!fig\/)|https?:\/\/|@/gi)).toBeNull();
    expect(code!.startsWith(`${inOrder(shownCommand(results.command))}\n\`\`\``)).toBe(true);
  });

  it("send nothing but text to a terminal", () => {
    const table = rankingTable(results);
    const everything = [
      ...table.columns.map(({ title }) => title),
      ...table.rows.flat(),
      ...table.findings,
      ...table.warnings.map(({ text }) => text),
    ];
    for (const text of everything) expect(escapeTerminal(text)).toBe(text);
  });
});

type FigureJson = { readonly columns: readonly string[]; readonly series: readonly { readonly rows: readonly (readonly unknown[])[] }[] };

/** RFC 4180, with line feeds. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n)/g)) {
    rows[rows.length - 1]!.push(quoted === undefined ? bare! : quoted.replace(/""/g, '"'));
    if (end !== ",") rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  return rows;
}

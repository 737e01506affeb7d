/** The page of a study in headless Chromium: brushing and sorting, without the script, accessibility, and hostile names. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { choice, createSpace, real } from "@caviar-hpo/core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileNames } from "../../testing/hostileNames.ts";
import { exampleStudy, measured, studyOf } from "../../testing/shownStudies.ts";
import { studyReport } from "./studyReport.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const example = exampleStudy({ trials: 60 });
const fidelity = { unit: "epochs", min: 1, max: 9, whole: true };
const tournament = studyOf({
  problem: { ...example.problem, fidelity },
  trials: 60,
  outcome: (_, trial) => ({ curve: [1, 3, 9].slice(0, 1 + (trial % 3)).map((at) => measured(2 + (trial % 7) - 1 / at, at)) }),
  worker: (trial) => `worker ${trial % 4}`,
});
const hostile = studyOf({
  name: hostileNames[0]!,
  problem: {
    ...example.problem,
    space: createSpace(
      hostileNames.slice(0, 12).map((name, index) => [name, index % 2 === 0 ? real(0, 1) : choice(hostileNames.slice(12))]),
    ),
    objectives: [
      { name: hostileNames[20]!, goal: "minimize" },
      { name: hostileNames[21]!, goal: "maximize" },
    ],
  },
  trials: hostileNames.length,
  outcome: (_, trial) => (trial % 4 === 0 ? { error: hostileNames[trial]! } : { curve: [{ ...measured(0), values: [trial, trial % 5] }] }),
  note: (trial) => hostileNames[trial]!,
  worker: (trial) => hostileNames[trial]!,
});

const files = { example: studyReport(example).html, tournament: studyReport(tournament).html, hostile: studyReport(hostile).html };
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "caviar-study-page-"));
  for (const [name, html] of Object.entries(files)) writeFileSync(join(folder, `${name}.html`), html);
  browser = await chromium.launch({
    executablePath: process.env.CAVIAR_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

type OpenedPage = { readonly page: Page; readonly noted: string[] };

/** A page that notes every request and every fault. */
async function opened(name: keyof typeof files, options: BrowserContextOptions & { readonly fragment?: string } = {}): Promise<OpenedPage> {
  const { fragment = "", ...context } = options;
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context })).newPage();
  const noted: string[] = [];
  const address = pathToFileURL(join(folder, `${name}.html`)).href;
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) noted.push(`request ${request.url()}`);
  });
  page.on("pageerror", (error) => noted.push(`error ${error.message}`));
  page.on("console", (message) => noted.push(`console ${message.text()}`));
  page.on("dialog", (dialog) => noted.push(`dialog ${dialog.message()}`));
  await page.goto(address + fragment);
  return { page, noted };
}

const fragmentOf = (page: Page): string => decodeURIComponent(new URL(page.url()).hash);
const handleOf = (page: Page, axis: string) => page.getByRole("slider", { name: `Range of ${axis}` });

/** The trials whose rows and lines the reader sees. */
async function shownTrials(page: Page): Promise<{ readonly rows: readonly number[]; readonly lines: readonly number[] }> {
  return page.evaluate(() => {
    const ids = (selector: string): number[] =>
      [...document.querySelectorAll<HTMLElement | SVGElement>(selector)].map(({ dataset }) => Number(dataset.trial)).sort((a, b) => a - b);
    return { rows: ids("tr[data-trial]:not(.unchosen)"), lines: ids("path[data-trial]:not(.faded)") };
  });
}

/** Drags along an axis, from one share of its height to another; 0 is its lower end. */
async function drag(page: Page, axis: string, from: number, to: number): Promise<void> {
  await handleOf(page, axis).scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await handleOf(page, axis).boundingBox())!;
  // The handle is 8 pixels longer than the axis at both ends.
  const at = (share: number): number => y + height - 8 - share * (height - 16);
  await page.mouse.move(x + width / 2, at(from));
  await page.mouse.down();
  await page.mouse.move(x + width / 2, at((from + to) / 2));
  await page.mouse.move(x + width / 2, at(to));
  await page.mouse.up();
}

const measuredTrials = example.trials.filter(({ status }) => status === "finished");

describe("the brush of parallel coordinates", () => {
  it("leaves the trials in the range: lines of others fade, and their rows go", async () => {
    const { page, noted } = await opened("example");
    expect((await shownTrials(page)).rows.length).toBe(60);
    // The lower half of the logarithmic scale: learning rates below 0.01.
    await drag(page, "learningRate", -0.02, 0.5);
    const expected = measuredTrials.filter(({ config }) => (config.learningRate as number) < 0.01).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(10);
    expect(await shownTrials(page)).toEqual({ rows: expected, lines: expected });
    expect(await page.locator(".brushed").textContent()).toContain(`${expected.length} of ${measuredTrials.length} trials`);
    await drag(page, "layers", 0.6, 1.02);
    const both = expected.filter((id) => (example.trials[id]!.config.layers as number) >= 3);
    expect(await shownTrials(page)).toEqual({ rows: both, lines: both });
    expect(noted).toEqual([]);
    await handleOf(page, "learningRate").click();
    await handleOf(page, "layers").click();
    expect((await shownTrials(page)).rows.length).toBe(60);
    expect(fragmentOf(page)).toBe("");
  });

  it("finds the trials without a conditional parameter below its axis", async () => {
    const { page } = await opened("example");
    await drag(page, "momentum", -0.02, 0.06);
    const without = measuredTrials.filter(({ config }) => config.optimizer === "adam").map(({ id }) => id);
    expect(await shownTrials(page)).toEqual({ rows: without, lines: without });
  });

  it("is in the address, and comes back from it", async () => {
    const { page } = await opened("example");
    await drag(page, "learningRate", 0.2, 0.6);
    const chosen = await shownTrials(page);
    expect(fragmentOf(page)).toMatch(/^#brush=0:\d+:\d+$/);
    await page.reload();
    expect(await shownTrials(page)).toEqual(chosen);
    const again = await opened("example", { fragment: "#brush=0:9:1&brush=99:1:2&brush=x" });
    expect((await shownTrials(again.page)).rows.length).toBe(60);
    expect(again.noted).toEqual([]);
  });

  it("moves with the keyboard, and says where it is", async () => {
    const { page } = await opened("example");
    const handle = handleOf(page, "learningRate");
    await handle.focus();
    expect(await handle.getAttribute("aria-valuetext")).toBe("all");
    await page.keyboard.press("ArrowUp");
    expect(await handle.getAttribute("aria-valuetext")).toBe("from 30 % to 70 % of the axis");
    await page.keyboard.press("ArrowUp");
    expect(await handle.getAttribute("aria-valuetext")).toBe("from 35 % to 75 % of the axis");
    await page.keyboard.press("Shift+ArrowDown");
    expect(await handle.getAttribute("aria-valuetext")).toBe("from 35 % to 70 % of the axis");
    await page.keyboard.press("Escape");
    expect(await handle.getAttribute("aria-valuetext")).toBe("all");
  });
});

describe("the table of trials", () => {
  it("sorts by a parameter as numbers, with the trials that lack it last, and filters by a text", async () => {
    const { page, noted } = await opened("example");
    const table = page.locator('table[data-table="trials"]');
    const heads = await table.locator("th").allTextContents();
    const column = heads.findIndex((head) => head.startsWith("learningRate"));
    await table.locator("th").nth(column).locator("button").click();
    const ids = await table.locator("tbody tr").evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.trial)));
    const rates = ids.map((id) => example.trials[id]!.config.learningRate as number);
    for (let index = 1; index < rates.length; index++) expect(rates[index]! > rates[index - 1]! * 0.999).toBe(true);
    await page.locator("#trials .filter input").fill("loss is NaN");
    const failed = example.trials.filter(({ status }) => status === "failed").length;
    expect(await table.locator("tbody tr:visible").count()).toBe(failed);
    expect(noted).toEqual([]);
  });
});

describe("without the script", () => {
  it("the page has every section, table and figure, and nothing that does nothing", async () => {
    const { page } = await opened("example", { javaScriptEnabled: false });
    expect(await page.locator("svg.figure:visible").count()).toBe(7);
    expect(await page.locator("button:visible, input:visible, [role=slider], .brushed").count()).toBe(0);
    expect(await page.locator('table[data-table="trials"] tbody tr:visible').count()).toBe(60);
  });
});

describe("layout", () => {
  it.each([1280, 390])("nothing is wider than a window of %i pixels, except what scrolls", async (width) => {
    for (const name of ["example", "tournament", "hostile"] as const) {
      const { page } = await opened(name, { viewport: { width, height: 844 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(width);
    }
  });

  it("no text of a figure is cut by its edges", async () => {
    for (const name of ["example", "tournament"] as const) {
      const { page } = await opened(name);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<SVGTextElement>("svg.figure text")].flatMap((text) => {
          const [box, frame] = [text.getBoundingClientRect(), text.ownerSVGElement!.getBoundingClientRect()];
          const isInside =
            box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
          return isInside ? [] : [`${text.ownerSVGElement!.getAttribute("aria-labelledby")}: ${text.textContent}`];
        }),
      );
      expect(cut, name).toEqual([]);
    }
  });
});

type AxeViolation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

describe("axe", () => {
  const looks = [
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
  ] as const;
  it.each(looks.flatMap(([scheme, width]) => (["example", "tournament"] as const).map((name) => [name, scheme, width] as const)))(
    "finds no fault in the %s in %s at %i pixels",
    async (name, colorScheme, width) => {
      const { page } = await opened(name, { colorScheme, viewport: { width, height: 844 }, bypassCSP: true });
      await page.addScriptTag({ content: axe });
      const faults = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }).axe.run();
        return violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 3)
              .map(({ html }) => html.slice(0, 120))
              .join(" | ")}`,
        );
      });
      expect(faults).toEqual([]);
    },
  );
});

describe("hostile names", () => {
  it("run nothing and request nothing, in the page and in what the script makes of them", async () => {
    const { page, noted } = await opened("hostile");
    const count = (): Promise<number> =>
      page.evaluate(() => document.querySelectorAll("script, img, iframe, object, a[href^='javascript']").length);
    expect(await count()).toBe(1);
    for (const button of await page.locator('table[data-table="trials"] th button').all()) await button.click();
    const handles = page.getByRole("slider");
    expect(await handles.count()).toBe(13);
    for (const handle of await handles.all()) {
      await handle.focus();
      await page.keyboard.press("ArrowUp");
    }
    await page.reload();
    expect(await count()).toBe(1);
    expect(noted).toEqual([]);
  });
});

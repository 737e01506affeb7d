/** Pages in headless Chromium: what the script does, what the page is without it, and what it must not do whatever its names are. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { hostileNames } from "../../testing/hostileNames.ts";
import { resourceCampaign } from "../../testing/resourceCampaign.ts";
import { buildReport } from "../buildReport.ts";
import { rankingTable } from "../rankingTable.ts";
import { visible } from "../visible.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const strategies = ["random", "random x2", "sobol", "tpe", "bayesopt"];
const problems = ["branin", "hartmann3", "levy-d6", "ackley", "p5", "p6", "p7", "p8", "p9", "p10"];

let browser: Browser;
let folder: string;
const files = {
  plain: buildReport(campaign({ strategies, problems, seeds: 7 })).html,
  resource: buildReport(resourceCampaign()).html,
  hostile: buildReport(
    campaign({ strategies: ["random", ...hostileNames.slice(0, 20)], problems: hostileNames.slice(20), seeds: 2, budget: 3 }),
  ).html,
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "caviar-page-"));
  for (const [name, html] of Object.entries(files)) writeFileSync(join(folder, `${name}.html`), html);
  browser = await chromium.launch({
    executablePath: env.CAVIAR_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** A page that notes every request and every fault. */
async function opened(
  name: keyof typeof files,
  { fragment = "", ...options }: BrowserContextOptions & { readonly fragment?: string } = {},
): Promise<{ readonly page: Page; readonly noted: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
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

const fragmentOf = (page: Page): string => new URL(page.url()).hash;
const columnOf = (page: Page, table: string, column: number): Promise<string[]> =>
  page.locator(`table[data-table="${table}"] tbody td:nth-child(${column})`).allTextContents();

describe("tables", () => {
  it("sort by a column in both directions, and return to the published order", async () => {
    const { page, noted } = await opened("plain");
    const published = await columnOf(page, "ranking", 2);
    const head = page.locator('table[data-table="ranking"] th').nth(1);
    await head.locator("button").click();
    expect(await columnOf(page, "ranking", 2)).toEqual([...published].sort());
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    await page.keyboard.press("Enter");
    expect(await columnOf(page, "ranking", 2)).toEqual([...published].sort().reverse());
    expect(fragmentOf(page)).toBe("#sort.ranking=1d");
    await head.locator("button").click();
    expect(await columnOf(page, "ranking", 2)).toEqual(published);
    expect(await head.getAttribute("aria-sort")).toBeNull();
    expect(noted).toEqual([]);
  });

  it("sort numbers as numbers, whatever they look like", async () => {
    const { page } = await opened("plain", { fragment: "#sort.problems=1a" });
    const values = await page
      .locator('table[data-table="problems"] tbody td:nth-child(2)')
      .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.value)));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(new Set(values).size).toBeGreaterThan(3);
  });

  it("show only the rows with a text", async () => {
    const { page } = await opened("plain");
    await page.locator(".filter input").first().fill("levy");
    const rows = page.locator('table[data-table="run"] tbody tr:visible');
    expect(await rows.count()).toBe(1);
    expect(await page.locator(".filter output").first().textContent()).toBe("1 of 10 rows");
    expect(fragmentOf(page)).toBe("#filter.run=levy");
  });
});

describe("choices", () => {
  it("hide a strategy in every table and figure, and the declared results with it, and say why", async () => {
    const { page } = await opened("plain");
    const part = page.locator('main [data-strategy="tpe"]:visible');
    const declared = page.locator("[data-declared]:visible");
    expect(await part.count()).toBeGreaterThan(10);
    expect(await declared.count()).toBeGreaterThan(10);
    await page.locator("[data-choose=strategy] summary").click();
    await page.locator('[data-choose=strategy] input[value="tpe"]').uncheck();
    expect(await part.count()).toBe(0);
    expect(await page.locator('main [data-strategy="sobol"]:visible').count()).toBeGreaterThan(10);
    expect(await declared.count()).toBe(0);
    expect(await page.locator(".undeclared").isVisible()).toBe(true);
    expect(fragmentOf(page)).toBe("#hide.strategy=tpe");
    await page.locator("[data-choose=strategy] button", { hasText: "all" }).click();
    expect(await part.count()).toBeGreaterThan(10);
    expect(await declared.count()).toBeGreaterThan(10);
    expect(await page.locator(".undeclared").isVisible()).toBe(false);
    expect(fragmentOf(page)).toBe("");
  });

  it("of problems hide every number over all problems, and compute the ranking again for those that are shown", async () => {
    const { page, noted } = await opened("plain");
    const overall = page.locator("main [data-over=problem]:visible");
    const published = await columnOf(page, "ranking", 3);
    expect(await overall.count()).toBeGreaterThan(5);
    expect(await page.locator("[data-instead]:visible").count()).toBe(0);
    await page.locator("summary", { hasText: "Problems" }).first().click();
    const boxes = page.locator("[data-choose=problem] input");
    for (const problem of problems.slice(2)) await boxes.and(page.locator(`[value="${problem}"]`)).uncheck();
    expect(await overall.count()).toBe(0);
    expect(await page.locator("[data-instead]:visible").count()).toBeGreaterThan(5);
    for (const figure of ["ranking", "rank-over-budget", "runtime", "random-equivalents"])
      expect(await page.locator(`#figure-${figure}`).isVisible(), figure).toBe(false);
    const part = campaign({ strategies, problems: problems.slice(0, 2), seeds: 7 });
    const expected = new Map(rankingTable(part).rows.map((row) => [row[1]!, row[2]!.replace(/ \[.*/, "")]));
    const shown = await columnOf(page, "ranking", 3);
    const names = await columnOf(page, "ranking", 2);
    expect(Object.fromEntries(names.map((name, row) => [name, shown[row]]))).toEqual(Object.fromEntries(expected));
    await page.locator("[data-choose=problem] button", { hasText: "none" }).click();
    expect(new Set(await columnOf(page, "ranking", 3))).toEqual(new Set(["–"]));
    await page.locator("[data-choose=problem] button", { hasText: "all" }).click();
    expect(await columnOf(page, "ranking", 3)).toEqual(published);
    expect(noted).toEqual([]);
  });

  it("come back from the address", async () => {
    const { page } = await opened("plain", { fragment: "#hide.problem=branin&hide.problem=p5&budget=log&at=problem-3" });
    expect(await page.locator('main [data-problem="branin"]:visible').count()).toBe(0);
    expect(await page.locator(".undeclared").isVisible()).toBe(true);
    expect(await page.locator('[data-scale] input[value="log"]').isChecked()).toBe(true);
    expect(await page.locator("details:has(#problem-3)").getAttribute("open")).toBe("");
    await page.locator("nav a", { hasText: "Ranking" }).click();
    expect(fragmentOf(page)).toBe("#hide.problem=branin&hide.problem=p5&budget=log&at=ranking");
  });
});

describe("figures", () => {
  it("show the values of every curve under the pointer, and in the places of a logarithmic axis the same values", async () => {
    const { page } = await opened("plain", { fragment: "#problem-1" });
    const figure = page.locator("#figure-curves-1");
    const group = figure.locator("> g[data-plot]").first();
    const read = async (position: number): Promise<{ readonly head: string; readonly lines: string[] }> => {
      const place = await group.evaluate((panel, wanted) => {
        const [from, to, low, high, scale] = (panel as SVGGElement).dataset.plot!.split(" ");
        const value = scale === "log" ? Math.log10(wanted) : wanted;
        const x = Number(from) + ((Number(to) - Number(from)) * (value - Number(low))) / (Number(high) - Number(low));
        const { x: left, y: top } = new DOMPoint(x, 100).matrixTransform((panel as SVGGElement).getScreenCTM()!);
        return { left, top };
      }, position);
      await page.mouse.move(place.left, place.top);
      return {
        head: (await page.locator(".tip strong").textContent())!,
        lines: await page.locator(".tip span").allTextContents(),
      };
    };
    const before = await read(8.5);
    expect(before.head).toMatch(/^8\.5\d? counted evaluations$/);
    expect(before.lines.length).toBe(strategies.length);
    await page.locator('[data-scale] input[value="log"]').check();
    expect((await read(8.5)).lines).toEqual(before.lines);
    await page.mouse.move(2, 2);
    expect(await page.locator(".tip").isVisible()).toBe(false);
    await page.locator('[data-scale] input[value="linear"]').check();
    expect(await read(8.5)).toEqual(before);
  });

  it("show another budget axis, which the address names, and no result of the declared one with it", async () => {
    const { page, noted } = await opened("resource");
    const [published, other] = [page.locator("#figure-rank-over-budget"), page.locator("#figure-rank-over-time")];
    const declared = page.locator("[data-declared]:visible");
    expect([await published.isVisible(), await other.isVisible()]).toEqual([true, false]);
    expect(await declared.count()).toBeGreaterThan(5);
    await page.locator("[data-switch=along] input[value=time]").check();
    expect([await published.isVisible(), await other.isVisible()]).toEqual([false, true]);
    expect(await declared.count()).toBe(0);
    expect(fragmentOf(page)).toBe("#along=time");
    await page.locator(".plot:has(#figure-rank-over-time)").focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".tip strong").textContent()).toMatch(/ time of the simulated workers/);
    const again = await opened("resource", { fragment: "#along=evaluations&at=problem-1" });
    expect(await again.page.locator("#figure-curves-1-evaluations").isVisible()).toBe(true);
    expect(await again.page.locator("#figure-curves-1").isVisible()).toBe(false);
    const plain = await opened("resource", { javaScriptEnabled: false });
    expect(await plain.page.locator("#figure-rank-over-budget").isVisible()).toBe(true);
    expect(await plain.page.locator(".alternative:visible").count()).toBe(0);
    expect(noted).toEqual([]);
  });

  it("show values at the place that the arrow keys move to", async () => {
    const { page } = await opened("plain");
    await page.locator(".plot:has(#figure-rank-over-budget)").focus();
    await page.keyboard.press("ArrowRight");
    const first = await page.locator(".tip strong").textContent();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".tip strong").textContent()).not.toBe(first);
    await page.keyboard.press("Escape");
    expect(await page.locator(".tip").isVisible()).toBe(false);
  });
});

describe("a page without its script", () => {
  it("has every table and section, and no control that does nothing", async () => {
    const { page } = await opened("plain", { javaScriptEnabled: false });
    expect(await page.locator("main table").count()).toBeGreaterThan(10);
    expect(await page.locator("button:visible, input:visible").count()).toBe(0);
    await page.locator("summary", { has: page.locator("#problem-1") }).click();
    expect(await page.locator("#figure-curves-1").isVisible()).toBe(true);
  });
});

describe("layout", () => {
  it.each([1280, 390])("nothing is wider than a window of %i pixels, except what scrolls", async (width) => {
    const { page } = await opened("plain", { viewport: { width, height: 844 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it("at 1,280 pixels every column is in sight", async () => {
    const { page } = await opened("plain");
    const cut = await page.evaluate(() => {
      for (const fold of document.querySelectorAll("details")) fold.open = true;
      return [...document.querySelectorAll<HTMLElement>(".scroll, .plot")]
        .filter((box) => box.scrollWidth > box.clientWidth + 1)
        .map((box) => box.getAttribute("aria-label"));
    });
    expect(cut).toEqual([]);
  });

  it("on a phone, the text of every figure has at least 9 pixels", async () => {
    const { page } = await opened("plain", { viewport: { width: 390, height: 844 } });
    const least = await page.evaluate(() => {
      for (const fold of document.querySelectorAll("details")) fold.open = true;
      const sizes = [...document.querySelectorAll<SVGTextElement>("svg text")].map(
        (text) => Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getScreenCTM()!.a, text.getScreenCTM()!.b),
      );
      return Math.min(...sizes);
    });
    expect(least).toBeGreaterThanOrEqual(9);
  });

  it("print shows what is folded", async () => {
    const { page } = await opened("plain");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#figure-curves-1").evaluate((figure) => figure.getBoundingClientRect().height)).toBeGreaterThan(100);
    expect(await page.locator(".controls").isVisible()).toBe(false);
  });
});

describe("axe", () => {
  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
  ] as const)("finds no fault in %s at %i pixels", async (colorScheme, width) => {
    const { page } = await opened("plain", { colorScheme, viewport: { width, height: 844 }, bypassCSP: true });
    await page.addScriptTag({ content: axe });
    const faults = await page.evaluate(async () => {
      for (const fold of document.querySelectorAll("details")) fold.open = true;
      const { violations } = await (window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }).axe.run();
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html.slice(0, 120))
            .slice(0, 3)
            .join(" | ")}`,
      );
    });
    expect(faults).toEqual([]);
  });
});

type AxeViolation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

describe("hostile names", () => {
  it("run nothing and request nothing, in the page and in what the script makes of them", async () => {
    const { page, noted } = await opened("hostile");
    const elements = await page.evaluate(() => document.querySelectorAll("script, img, iframe, object, a[href^='javascript']").length);
    // The table of so many problems is folded.
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) fold.open = true;
    });
    for (const button of await page.locator('table[data-table="problems"] th button').all()) await button.click();
    await page.locator("summary", { hasText: "Strategies" }).first().click();
    await page.locator("[data-choose=strategy] button", { hasText: "none" }).click();
    const inAddress = await page.evaluate(() => [...new URLSearchParams(location.hash.slice(1)).getAll("hide.strategy")]);
    const labels = ["random", ...hostileNames.slice(0, 20)].map(visible);
    expect([...inAddress].sort()).toEqual([...labels].sort());
    await page.reload();
    expect(await page.locator("main [data-strategy]:visible").count()).toBe(0);
    await page.locator("summary", { hasText: "Strategies" }).first().click();
    await page.locator("[data-choose=strategy] button", { hasText: "all" }).click();
    await page.locator(".plot:has(#figure-rank-over-budget)").focus();
    await page.keyboard.press("ArrowRight");
    const shown = await page.locator(".tip bdi").allTextContents();
    expect(shown.length).toBeGreaterThan(5);
    for (const name of shown) expect(labels).toContain(name);
    expect(await page.evaluate(() => document.querySelectorAll("script, img, iframe, object, a[href^='javascript']").length)).toBe(
      elements,
    );
    expect(noted).toEqual([]);
  });
});

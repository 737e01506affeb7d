/** The example of docs/examples/browser in headless Chromium, bundled as an application would be. Without Chromium, it is skipped. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "./chromium.mjs";
import { timeLimits } from "./timeLimits.ts";
import { workspaceRoot } from "./workspace.ts";

const executablePath = findChromium();

describe.skipIf(executablePath === null)("the example in a browser", () => {
  let folder: string;
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "caviar-browser-example-"));
    await build({
      configFile: false,
      root: join(workspaceRoot, "docs", "examples", "browser"),
      logLevel: "error",
      resolve: { conditions: ["@caviar-hpo/source", "module", "browser", "import", "default"] },
      build: { outDir: folder, emptyOutDir: true, target: "es2022" },
    });
    server = createServer(({ url = "/" }, response) => {
      const type = url.endsWith(".js") ? "text/javascript" : "text/html";
      try {
        response.setHeader("content-type", type).end(readFileSync(join(folder, url === "/" ? "index.html" : url)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox", "--disable-gpu"] });
  });

  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const address = (): string => `http://localhost:${(server.address() as AddressInfo).port}/`;
  const trialsOn = async (page: Page): Promise<number> => Number.parseInt((await page.textContent("#progress"))!, 10);
  const bestOn = async (page: Page): Promise<string> => {
    await page.waitForFunction('document.getElementById("best").textContent !== ""', undefined, { timeout: timeLimits.test });
    return (await page.textContent("#best"))!;
  };

  it("continues where a page that was closed has left it, and finds what an undisturbed page finds", async () => {
    const context = await browser.newContext();
    for (const least of [3, 12, 25]) {
      const page = await context.newPage();
      await page.goto(address());
      await page.waitForFunction(`parseInt(document.getElementById("progress").textContent, 10) >= ${least}`, undefined, {
        timeout: timeLimits.test,
      });
      await page.close();
    }
    const last = await context.newPage();
    await last.goto(address());
    await last.waitForFunction('document.getElementById("progress").textContent.includes("trials")', undefined, {
      timeout: timeLimits.test,
    });
    expect(await trialsOn(last)).toBeGreaterThanOrEqual(20);
    const undisturbed = await (await browser.newContext()).newPage();
    await undisturbed.goto(address());
    const best = await bestOn(last);
    expect(JSON.parse(best)).toMatchObject({ config: { learningRate: expect.any(Number) } });
    expect(await bestOn(undisturbed)).toBe(best);
  });
});

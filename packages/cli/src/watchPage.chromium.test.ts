/** The live page of `caviar watch --page` in headless Chromium: it follows the study, and keeps what the reader has made of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DurableStudy, openStudy } from "@caviar-hpo/runtime";
import { real } from "@caviar-hpo/tune";
import { chromium } from "playwright";
import { expect, it } from "vitest";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { caviar } from "./caviar.ts";

it("an open page shows new trials, keeps its order and its ranges, requests nothing else, and says when the command has ended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "caviar-live-"));
  const study: DurableStudy<{ readonly x: number }> = await openStudy(folder, { space: { x: real(0, 1) }, strategy: "random", seed: 1 });
  const step = (value: number): void => {
    const [job] = study.ask();
    study.tell(job!.id, value);
  };
  for (let trial = 0; trial < 12; trial++) step(trial);
  const terminal = fakeTerminal();
  const ended = caviar(["watch", folder, "--page"], terminal);
  while (!terminal.stdout.text().includes("\n")) await new Promise((resolve) => setTimeout(resolve, 20));
  const [address = ""] = terminal.stdout.text().split("\n");
  const browser = await chromium.launch({
    executablePath: process.env.CAVIAR_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    const noted: string[] = [];
    page.on("request", (request) => {
      if (![address, `${address}state`].includes(request.url().split("#")[0]!)) noted.push(`request ${request.url()}`);
    });
    page.on("pageerror", (error) => noted.push(`error ${error.message}`));
    await page.goto(address);
    const rows = page.locator('table[data-table="trials"] tbody tr');
    expect(await rows.count()).toBe(12);
    await page.locator('table[data-table="trials"] th button').first().click();
    await page.getByRole("slider", { name: "Range of x" }).focus();
    await page.keyboard.press("ArrowUp");
    const range = await page.getByRole("slider", { name: "Range of x" }).getAttribute("aria-valuetext");
    step(-1);
    // The page loads itself again, and its policy forbids `eval`, which waitForFunction needs.
    await expect.poll(() => rows.count(), { timeout: 30_000 }).toBe(13);
    expect(await page.locator('table[data-table="trials"] th').first().getAttribute("aria-sort")).toBe("ascending");
    expect(await page.getByRole("slider", { name: "Range of x" }).getAttribute("aria-valuetext")).toBe(range);
    expect(await page.locator("dl.counts").textContent()).toContain("−1");
    expect(await page.locator(".live").textContent()).toBe("live");
    expect(noted).toEqual([]);

    // Another page of the browser cannot read it, even if it knows the address.
    const other = await browser.newPage();
    await other.goto("data:text/html,<p>other</p>");
    const read = await other.evaluate(
      (url) =>
        fetch(url).then(
          () => "read",
          () => "refused",
        ),
      address,
    );
    expect(read).toBe("refused");

    study.close();
    terminal.signals.emit("SIGINT");
    expect(await ended).toBe(0);
    await expect.poll(() => page.locator(".live").textContent(), { timeout: 30_000 }).toMatch(/^not live/);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});

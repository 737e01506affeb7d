/** The page of a study: `caviar report` writes it, and `caviar watch --page` shows it live. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { studyReport } from "@caviar-hpo/report/study";
import { type DurableStudy, openStudy, readStudy } from "@caviar-hpo/runtime";
import { real } from "@caviar-hpo/tune";
import { afterAll, describe, expect, test } from "vitest";
import { type FakeTerminal, fakeTerminal } from "../testing/fakeTerminal.ts";
import { contentsOf, folders } from "../testing/folders.ts";
import { caviar } from "./caviar.ts";
import { shownStudy } from "./writeStudyReport.ts";

const { next: newFolder, remove } = folders("study-page-");
afterAll(remove);

const options = { space: { x: real(0, 1) }, seed: 1, strategy: "random" } as const;

async function said(...args: readonly string[]) {
  const terminal = fakeTerminal();
  const code = await caviar(args, terminal);
  return { code, out: terminal.stdout.text(), err: terminal.stderr.text() };
}

async function openWith(folder: string, trials: number): Promise<DurableStudy<{ x: number }>> {
  const study = await openStudy(folder, options);
  const loss = ({ config, trial }: { readonly config: { readonly x: number }; readonly trial: number }): number => {
    if (trial === 2) throw new Error("<b>out of memory</b>");
    return (config.x - 0.3) ** 2;
  };
  if (trials > 0) await study.optimize(loss, { trials });
  return study as unknown as DurableStudy<{ x: number }>;
}

describe("caviar report", () => {
  test("writes the page of a study and its figures, with the same bytes each time, and leaves the study as it is", async () => {
    const folder = newFolder();
    (await openWith(folder, 6)).close();
    const before = contentsOf(folder);
    expect(await said("report", folder)).toEqual({ code: 0, out: `Report: ${join(folder, "report.html")}\n`, err: "" });
    const after = contentsOf(folder);
    const { html, files } = studyReport(shownStudy(readStudy(folder)));
    expect(after["report.html"]).toBe(html);
    expect(html).toContain("&#60;b&#62;out of memory");
    expect(Object.keys(after).sort()).toEqual(
      [...Object.keys(before), "report.html", "report.md", ...files.map(({ name }) => name)].sort(),
    );
    for (const [name, text] of Object.entries(before)) expect(after[name], name).toBe(text);
    expect((await said("report", folder)).code).toBe(0);
    expect(contentsOf(folder)).toEqual(after);
    (await openWith(folder, 7)).close();
    expect((await said("verify", folder)).code).toBe(0);
  });

  test("makes one figure again, and touches nothing else", async () => {
    const folder = newFolder();
    (await openWith(folder, 6)).close();
    expect((await said("report", folder)).code).toBe(0);
    const files = contentsOf(folder);
    expect(files["report.md"]).toContain(" --figure progress");
    rmSync(join(folder, "fig"), { recursive: true });
    const drawing = join(folder, "fig/progress.svg");
    expect(await said("report", folder, "--figure", "progress")).toEqual({ code: 0, out: `Figure: ${drawing}\n`, err: "" });
    const isKept = (name: string): boolean => !name.startsWith("fig/") || name.startsWith("fig/progress.");
    expect(contentsOf(folder)).toEqual(Object.fromEntries(Object.entries(files).filter(([name]) => isKept(name))));
    const { code, err } = await said("report", folder, "--figure", "trials");
    expect([code, err]).toEqual([2, expect.stringContaining("one of progress")]);
  });

  test("works while another process has the study open, and names neither the folder above nor the machine", async () => {
    const folder = join(newFolder(), "digits");
    mkdirSync(folder);
    const study = await openWith(folder, 3);
    const [job] = study.ask();
    expect((await said("report", folder)).code).toBe(0);
    study.tell(job!.id, 0.5);
    study.close();
    const { "report.html": html = "", "report.md": markdown = "" } = contentsOf(folder);
    expect(html + markdown).not.toContain(join(folder, ".."));
    expect(markdown).toContain("npx caviar-hpo report digits");
    expect(html).toContain("<dt>running</dt>");
  });

  test("names a folder such that no shell reads the name as anything else", async () => {
    const folder = join(newFolder(), "it's $(mine)");
    mkdirSync(folder);
    (await openWith(folder, 1)).close();
    expect((await said("report", folder)).code).toBe(0);
    expect(readFileSync(join(folder, "report.md"), "utf8")).toContain(String.raw`npx caviar-hpo report 'it'\''s $(mine)'`);
  });

  test("with --json, it says where the page is and what is best", async () => {
    const folder = newFolder();
    (await openWith(folder, 4)).close();
    const { out } = await said("report", folder, "--json");
    expect(JSON.parse(out)).toMatchObject({ report: join(folder, "report.html"), trials: 4, best: readStudy(folder).best() });
  });

  test("a figure of an earlier page that the study no longer has is deleted, and files of others stay", async () => {
    const folder = newFolder();
    (await openWith(folder, 4)).close();
    mkdirSync(join(folder, "fig"));
    for (const name of ["fig/front.svg", "fig/notes.txt"]) writeFileSync(join(folder, name), "mine");
    await said("report", folder);
    expect(existsSync(join(folder, "fig/front.svg"))).toBe(false);
    expect(readFileSync(join(folder, "fig/notes.txt"), "utf8")).toBe("mine");
  });
});

type Answer = { readonly status: number; readonly headers: { readonly [name: string]: unknown }; readonly text: string };

/** A request as any program can send it. @param until ends the reading of an answer that has no end. */
function get(address: string, headers: object = {}, method = "GET", until: (text: string) => boolean = () => false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method, headers: { ...headers } }, (response) => {
      let text = "";
      const done = (): void => resolve({ status: response.statusCode!, headers: response.headers, text });
      response.setEncoding("utf8").on("end", done);
      response.on("data", (part: string) => {
        text += part;
        if (!until(text)) return;
        done();
        response.destroy();
      });
    });
    sent.on("error", reject).end();
  });
}

/** `caviar watch --page` on a study. */
async function watching(
  folder: string,
): Promise<{ readonly address: string; readonly terminal: FakeTerminal; readonly ended: Promise<number> }> {
  const terminal = fakeTerminal();
  const ended = caviar(["watch", folder, "--page"], terminal);
  while (!terminal.stdout.text().includes("\n")) await Promise.race([new Promise((resolve) => setTimeout(resolve, 20)), ended]);
  const [address] = terminal.stdout.text().split("\n");
  return { address: address!, terminal, ended };
}

describe("caviar watch --page", () => {
  test("serves the page and its data, tells of each change, and ends by Ctrl-C", async () => {
    const folder = newFolder();
    const study = await openWith(folder, 3);
    const { address, terminal, ended } = await watching(folder);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/$/);
    const page = await get(address);
    expect(page).toMatchObject({ status: 200, headers: { "cache-control": "no-store", "referrer-policy": "no-referrer" } });
    expect(page.text).toContain('<html lang="en" data-live="1">');
    expect(page.text).toContain("connect-src &#39;self&#39;");
    expect(page.text.replace(' data-live="1"', "").replace("; connect-src &#39;self&#39;", "")).toBe(
      studyReport(shownStudy(readStudy(folder))).html,
    );
    expect((await get(`${address}fig/trials.csv`)).text.split("\r\n").length).toBe(5);
    const news = get(`${address}state`, {}, "GET", (text) => text.includes("data: 2\n"));
    const [job] = study.ask();
    study.tell(job!.id, 0.125);
    study.close();
    expect(await news).toMatchObject({ status: 200, text: "data: 1\n\ndata: 2\n\n" });
    const later = await get(address);
    expect(later.text).toContain('data-live="2"');
    expect(later.text).toContain("0.125");
    terminal.signals.emit("SIGINT");
    expect(await ended).toBe(0);
    await expect(get(address)).rejects.toThrow();
  });

  test("refuses what is not for the user: other hosts, other pages, wrong tokens, other methods and other files", async () => {
    const folder = newFolder();
    (await openWith(folder, 3)).close();
    const { address, terminal, ended } = await watching(folder);
    const { port } = new URL(address);
    const status = async (...request: Parameters<typeof get>): Promise<number> => (await get(...request)).status;
    expect(await status(address, { host: `localhost:${port}` })).toBe(200);
    expect(await status(address, { host: "attacker.example" })).toBe(403);
    expect(await status(address, { host: `attacker.example:${port}` })).toBe(403);
    expect(await status(address, { origin: "https://attacker.example" })).toBe(403);
    expect(await status(address, { "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await status(address, { "sec-fetch-site": "same-site" })).toBe(403);
    expect(await status(address, { "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await status(address, {}, "POST")).toBe(405);
    const wrong = `${address.slice(0, -2)}${address.at(-2) === "A" ? "B" : "A"}/`;
    for (const other of [`http://127.0.0.1:${port}/`, wrong, `http://127.0.0.1:${port}/state`, `${wrong}state`, `${wrong}fig/trials.csv`])
      expect(await status(other), other).toBe(404);
    for (const path of ["head.json", "log", "../head.json", "fig/../log", "%2e%2e/log", "fig/none.csv", "report.html"])
      expect(await status(address + path), path).toBe(404);
    expect((await get(wrong)).text).not.toContain("<html");
    terminal.signals.emit("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("a folder without a study is refused before anything listens", async () => {
    const folder = newFolder();
    rmSync(folder, { recursive: true });
    expect(await said("watch", folder, "--page")).toMatchObject({ code: 2, out: "" });
  });
});

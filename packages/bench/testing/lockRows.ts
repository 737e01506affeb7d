/**
 * Row A10 of the fault matrix on the folder of a campaign: one process writes at a time, whatever becomes of the others. Each row starts
 * real processes, which wait for each other by files, and gives what is wrong; null if nothing is. Whatever happens, the folder must in the
 * end have the runs of an undisturbed campaign, to the byte.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { contentsOf, tinyPlan } from "./plans.ts";

const program = fileURLToPath(new URL("campaignChild.mjs", import.meta.url));
const build = fileURLToPath(new URL("../dist/campaign/campaign.js", import.meta.url));
const plan = tinyPlan({ strategies: [{ name: "watched" }], problems: ["branin"] });

/** The asks of the whole campaign: of two seeds, for the strategy and its twin. */
export const asksInAll = 48;

/** A process in a folder. */
type Runner = {
  readonly process: ChildProcessWithoutNullStreams;
  /** Resolves once it has asked so often. */
  asked(asks: number): Promise<void>;
  /** The last line that it says; null if it is killed before. */
  readonly last: Promise<string | null>;
};

type Site = { readonly folder: string; readonly planted: boolean };

function start({ folder, planted }: Site, stopAt = 0, go = ""): Runner {
  if (!existsSync(build)) throw new Error("packages/bench/dist is missing: npm run build");
  const child = spawn(process.execPath, [program, folder, JSON.stringify({ plan, stopAt, go, planted })], { stdio: "pipe" });
  let asks = 0;
  let waiting: { readonly asks: number; readonly resolve: () => void }[] = [];
  let last: string | null = null;
  const heard = createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("asked")) asks = Number(line.slice(6));
    else last = line;
    for (const { resolve } of waiting.filter((one) => one.asks <= asks)) resolve();
    waiting = waiting.filter((one) => one.asks > asks);
  });
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const read = new Promise<void>((resolve) => heard.on("close", () => resolve()));
  return {
    process: child,
    asked: (count) =>
      asks >= count
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push({ asks: count, resolve });
          }),
    last: Promise.all([closed, read]).then(() => last),
  };
}

/** Runs a row in a folder of its own. */
async function inSite(planted: boolean, body: (site: Site, go: string) => Promise<string | null>): Promise<string | null> {
  const home = mkdtempSync(join(tmpdir(), "caviar-campaign-lock-"));
  try {
    return await body({ folder: join(home, "campaign"), planted }, join(home, "go"));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

let undisturbed: Promise<string> | null = null;

/** The runs of a folder and where they are, as text. */
function runsIn(folder: string): string {
  return JSON.stringify(Object.entries(contentsOf(folder)).filter(([path]) => path.startsWith("runs")));
}

async function wholeRuns(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "caviar-campaign-whole-"));
  try {
    await start({ folder: home, planted: false }).last;
    return runsIn(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What is wrong in the end: the campaign is run once more, which has nothing left to do or continues. */
async function wrongAtTheEnd({ folder }: Site): Promise<string | null> {
  undisturbed ??= wholeRuns();
  const last = await start({ folder, planted: false }).last;
  if (last !== "done") return `the last process says ${last}`;
  if (runsIn(folder) !== (await undisturbed)) return "other runs than those of an undisturbed campaign";
  const left = readdirSync(folder).filter((name) => name.startsWith("lock-"));
  return left.length === 0 ? null : `the lock ${left.join()} is left`;
}

function released(go: string): void {
  writeFileSync(go, "");
}

/** A second process comes at ask `at` of the first. */
async function secondWriter(site: Site, go: string, at: number): Promise<string | null> {
  const first = start(site, at, go);
  await first.asked(at);
  const second = await start(site).last;
  released(go);
  const end = await first.last;
  if (second !== "refused campaignLocked") return `the second process says ${second}`;
  if (end !== "done") return `the first process says ${end}`;
  return wrongAtTheEnd(site);
}

/** The first process is killed at ask `at`: its lock must not keep the next one out. */
async function killedHolder(site: Site, go: string, at: number): Promise<string | null> {
  const first = start(site, at, go);
  await first.asked(at);
  first.process.kill("SIGKILL");
  await first.last;
  return wrongAtTheEnd(site);
}

/** The first process is paused, and its lock deleted, as for the lock of another machine. Once it wakes, it must not write any more. */
async function pausedHolder(site: Site, go: string, at: number): Promise<string | null> {
  const first = start(site, at, go);
  await first.asked(at);
  first.process.kill("SIGSTOP");
  const refused = await start(site).last;
  for (const name of readdirSync(site.folder)) if (name.startsWith("lock-")) rmSync(join(site.folder, name));
  const second = await start(site).last;
  released(go);
  first.process.kill("SIGCONT");
  const woken = await first.last;
  if (refused !== "refused campaignLocked") return `a process that finds a paused one says ${refused}`;
  if (second !== "done") return `the process that took over says ${second}`;
  if (woken !== "refused takenOver") return `the paused process says ${woken}`;
  return wrongAtTheEnd(site);
}

/** Three processes start at once. One runs, and the others are refused, unless they come when it has ended. */
async function atOnce(site: Site, go: string): Promise<string | null> {
  const all = [1, 2, 3].map(() => start(site, 1, go));
  await Promise.race(all.map((one) => one.asked(1)));
  const others = await Promise.all(all.map((one) => Promise.race([one.last, one.asked(1).then(() => "holds")])));
  released(go);
  await Promise.all(all.map(({ last }) => last));
  const holders = others.filter((end) => end === "holds").length;
  if (holders !== 1) return `${holders} processes run at the same time`;
  if (others.some((end) => end !== "holds" && end !== "refused campaignLocked")) return `the processes say ${others.join()}`;
  return wrongAtTheEnd(site);
}

const scenes = {
  "a second process comes": secondWriter,
  "the process is killed": killedHolder,
  "the process is paused and its lock deleted": pausedHolder,
  "three processes start at once": atOnce,
} as const;

export const lockRows: readonly string[] = Object.keys(scenes);

/** @param at the ask of the first process at which it happens. @param planted whether every process takes all others for ended. */
export function lockRow(row: string, at: number, planted = false): Promise<string | null> {
  return inSite(planted, (site, go) => scenes[row as keyof typeof scenes](site, go, at));
}

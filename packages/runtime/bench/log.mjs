/**
 * What a durable study costs: an event with and without a sync, the start of a study of 10^5 events, and the memory of a study of 10^5
 * random trials.
 *
 * Usage: npm run bench:log [-- FOLDER]. The folder decides which disk is measured; the system's folder of temporary files by default.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStudy, readStudy } from "../dist/index.js";

const [where = tmpdir(), task] = process.argv.slice(2);
const options = {
  space: { x: { kind: "real", low: 0, high: 1, scale: "linear" }, y: { kind: "int", low: 1, high: 64, scale: "log" } },
  strategy: "random",
};

/** @param {string} folder @param {number} trials @param {object} more */
async function fill(folder, trials, more) {
  const study = await openStudy(folder, { ...options, ...more });
  const began = process.cpuUsage();
  const beganMs = performance.now();
  for (let trial = 0; trial < trials; trial++) {
    const [job] = study.ask();
    study.tell(job.id, job.config.x);
  }
  const ms = performance.now() - beganMs;
  const cpu = process.cpuUsage(began);
  study.close();
  return [ms / (2 * trials), (cpu.user + cpu.system) / 1000 / (2 * trials)];
}

/**
 * The seconds that passed, and those of processor time: on a busy machine the second number says more.
 *
 * @param {() => unknown} act
 */
async function seconds(act) {
  const began = process.cpuUsage();
  const beganMs = performance.now();
  await act();
  const cpu = process.cpuUsage(began);
  return [(performance.now() - beganMs) / 1000, (cpu.user + cpu.system) / 1e6];
}

const digits = (value) => value.toFixed(value < 10 ? 3 : 0);
const show = (text, value, unit) =>
  console.log(
    `${text.padEnd(56)} ${typeof value === "number" ? digits(value) : `${digits(value[0])} (processor: ${digits(value[1])})`} ${unit}`,
  );

if (task === undefined) {
  const folder = mkdtempSync(join(where, "caviar-bench-"));
  try {
    await fill(join(folder, "warm"), 500, { sync: "close" });
    show('an event, synced (sync: "event")', await fill(join(folder, "synced"), 1000, {}), "ms");
    show('an event, not synced (sync: "close")', await fill(join(folder, "unsynced"), 5000, { sync: "close" }), "ms");
    const memory = spawnSync(process.execPath, [fileURLToPath(import.meta.url), folder, "memory"], { encoding: "utf8" });
    show("memory of a study of 100,000 random trials, at most", Number(memory.stdout), "MB");
    const large = join(folder, "half");
    await fill(large, 50_000, { sync: "close" });
    show("a log of 100,000 events", statSync(join(large, "log")).size / 1e6, "MB");
    show("open it from its snapshot", await seconds(async () => (await openStudy(large, options)).close()), "s");
    show("replay it: open it without a snapshot", await seconds(() => replay(large)), "s");
    show("read it: trials and best", await seconds(() => readStudy(large).best()), "s");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
} else {
  await fill(join(where, "memory"), 100_000, { sync: "close" });
  console.log(process.resourceUsage().maxRSS / 1024);
}

/** @param {string} folder */
async function replay(folder) {
  for (const name of readdirSync(folder)) if (name.startsWith("snapshot-")) rmSync(join(folder, name));
  (await openStudy(folder, options)).close();
}

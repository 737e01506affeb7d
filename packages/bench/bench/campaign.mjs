/**
 * What a campaign of cheap evaluations costs: ten strategies on the 24 functions of BBOB, 20 seeds, 100 evaluations each, which are 4,800
 * runs. Then the same command again, which only reads the records, and the report.
 *
 * Usage: npm run bench:campaign [-- --workers N] [--seeds N] [--folder FOLDER]. The folder decides which disk is measured; the system's
 * folder of temporary files by default.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildReport } from "@caviar-hpo/report";
import { readPlan, runCampaign } from "../dist/index.js";

const { values } = parseArgs({
  options: {
    workers: { type: "string", default: "2" },
    seeds: { type: "string", default: "20" },
    folder: { type: "string", default: tmpdir() },
  },
});

const names = ["random", "latinHypercube", "sobol", "halton", "rSequence", "grid", "coarseToFine", "differentialEvolution", "tpe"];
const plan = readPlan({
  name: "cheap",
  seeds: { count: Number(values.seeds) },
  budget: 100,
  initialPoints: 5,
  strategies: [...names.map((name) => ({ name })), { name: "random", label: "random again" }],
  problems: Array.from({ length: 24 }, (_, index) => `bbob-f${index + 1}-d5-i{seed}`),
});

/**
 * The seconds that passed, and those of processor time: on a busy machine the second number says more.
 *
 * @template T
 * @param {() => T | Promise<T>} act
 */
async function timed(act) {
  const began = process.cpuUsage();
  const beganMs = performance.now();
  const result = await act();
  const cpu = process.cpuUsage(began);
  return { result, seconds: (performance.now() - beganMs) / 1000, processor: (cpu.user + cpu.system) / 1e6 };
}

/** @param {string} folder @returns {{ files: number, bytes: number }} */
function sizeOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { files: files.length, bytes: files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) };
}

/** @param {string} text @param {{ seconds: number, processor: number }} time @param {string} more */
function show(text, { seconds, processor }, more) {
  console.log(`${text.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s (processor: ${processor.toFixed(1)} s)${more}`);
}

const folder = mkdtempSync(join(values.folder, "caviar-campaign-"));
try {
  const options = { command: "npm run bench:campaign", workers: Number(values.workers) };
  const first = await timed(() => runCampaign(plan, folder, options));
  const { files, bytes } = sizeOf(folder);
  show(`${first.result.runs.length} runs, ${values.workers} workers`, first, `, ${files} files, ${(bytes / 1e6).toFixed(1)} MB`);
  show("the same command again", await timed(() => runCampaign(plan, folder, options)), "");
  const report = await timed(() => buildReport(first.result));
  const pages = [report.result.html, report.result.markdown, report.result.json, ...report.result.files.map(({ text }) => text)];
  const size = pages.reduce((sum, page) => sum + page.length, 0);
  show("its report", report, `, ${(report.result.html.length / 1e6).toFixed(1)} MB of HTML, ${(size / 1e6).toFixed(1)} MB in all`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

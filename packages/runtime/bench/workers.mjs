/**
 * What a trial costs besides its objective: in this process, in threads, in processes and as a command. The strategy is random search, and
 * the objective returns at once. Commands are measured with `true`-like programs of the system, so that most of their time is that of the
 * system.
 *
 * Usage: npm run bench:workers [-- FOLDER]. The folder decides which disk is measured; the system's folder of temporary files by default.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStudy } from "../dist/index.js";

const [where = tmpdir()] = process.argv.slice(2);
const module = new URL("../testing/programs/bowl.mjs", import.meta.url);
const command = { command: ["/bin/sh", "-c", "echo '{{\"value\": 1}}'"] };
const rows = [
  ["a function", ({ config }) => config.x, 2000, {}],
  ["a thread", module, 2000, {}],
  ["a process", module, 2000, { executor: "process" }],
  ["4 processes", module, 2000, { executor: "process", workers: 4 }],
  ["a command", command, 200, {}],
];

console.log("milliseconds for each trial, and those of this process's processor");
for (const sync of ["close", "event"]) {
  for (const [name, objective, trials, options] of rows) {
    const folder = mkdtempSync(join(where, "caviar-bench-"));
    try {
      const study = await openStudy(folder, { space: { x: { kind: "real", low: 0, high: 1, scale: "linear" } }, strategy: "random", sync });
      const began = process.cpuUsage();
      const beganMs = performance.now();
      await study.optimize(objective, { trials, ...options });
      const ms = (performance.now() - beganMs) / trials;
      const { user, system } = process.cpuUsage(began);
      study.close();
      const text = `${name}, ${sync === "event" ? "each event synced" : "events not synced"}`;
      console.log(`${text.padEnd(40)} ${ms.toFixed(2).padStart(7)} ${((user + system) / 1000 / trials).toFixed(2).padStart(7)}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

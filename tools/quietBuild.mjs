/** Builds every package and says nothing, unless the build fails: then its whole output, and the same exit code. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const nx = createRequire(import.meta.url).resolve("nx/bin/nx.js");
const run = spawnSync(process.execPath, [nx, "run-many", "-t", "build", "--output-style=static"], {
  cwd: new URL("..", import.meta.url),
  encoding: "utf8",
  env: { ...process.env, NX_TUI: "false" },
});
if (run.status !== 0) {
  process.stderr.write(`${run.stdout}${run.stderr}`);
  process.exit(run.status ?? 1);
}

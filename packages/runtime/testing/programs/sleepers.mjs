/** An objective, and a command, that has a child and never ends. It says the number of the child. */
import { spawn } from "node:child_process";
import { writeSync } from "node:fs";

export default async function sleeper() {
  const child = spawn("sleep", ["100000"], { stdio: "ignore" });
  process.on("SIGTERM", () => {});
  writeSync(2, `child ${child.pid}\n`);
  if (process.env.CAVIAR_SLEEPER === "stopped") process.kill(process.pid, "SIGSTOP");
  await new Promise(() => setInterval(() => {}, 1e6));
}

if (process.env.CAVIAR_SLEEPER === "command") await sleeper();

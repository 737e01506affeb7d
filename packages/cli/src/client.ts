/**
 * The part of the command that clients in other languages carry with them: `serve`, and `report` of a study. `tools/clientBundle.mjs` makes
 * one file of it.
 */
import { reportStudy } from "./commands/reportStudy.ts";
import { serveCommand } from "./commands/serve.ts";
import { tellFailure } from "./failure.ts";
import type { Terminal } from "./terminal/terminal.ts";

const { stdin, stdout, stderr, env } = process;
const terminal: Terminal = { stdin, stdout, stderr, env, signals: process };
const [, , name, ...args] = process.argv;
try {
  if (name === "report") process.exitCode = reportStudy(args[0] ?? ".", false, terminal);
  else if (args.includes("--help")) stdout.write(`${serveCommand.help}\n`);
  else process.exitCode = await serveCommand.run(args, terminal);
} catch (error) {
  process.exitCode = tellFailure(error, false, terminal);
}

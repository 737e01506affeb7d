/** The part of the command that clients in other languages carry with them. `tools/clientBundle.mjs` makes one file of it. */
import { serveCommand } from "./commands/serve.ts";
import { tellFailure } from "./failure.ts";
import type { Terminal } from "./terminal/terminal.ts";

const { stdin, stdout, stderr, env } = process;
const terminal: Terminal = { stdin, stdout, stderr, env, signals: process };
try {
  process.exitCode = await serveCommand.run(process.argv.slice(3), terminal);
} catch (error) {
  process.exitCode = tellFailure(error, false, terminal);
}

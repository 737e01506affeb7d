/** The caviar command: finds the subcommand, and turns errors into messages that say what was expected, what came and what to do. */
import { CaviarError, ConfigError, nearest, show } from "@caviar/core";
import { benchCommand } from "./commands/bench.ts";
import type { Command } from "./commands/command.ts";
import { reportCommand } from "./commands/report.ts";
import { serveCommand } from "./commands/serve.ts";
import { strategiesCommand } from "./commands/strategies.ts";
import { printable } from "./terminal/printable.ts";

const commands: readonly Command[] = [benchCommand, reportCommand, serveCommand, strategiesCommand];

const usage = `Caviar: Bayesian optimisation and Hyperband, and benchmarks one can trust.

Usage: caviar COMMAND [OPTIONS]

${commands.map((command) => `  ${command.name.padEnd(12)}${command.summary}`).join("\n")}

caviar COMMAND --help explains one.`;

/** Exit codes: 0 all went well, 1 it failed, 2 the command line made no sense. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const names = commands.map((one) => one.name);
    throw new ConfigError({
      code: "unknownCommand",
      what: "command",
      expected: `one of ${names.join(", ")}`,
      got: show(name),
      remedy: `Did you mean ${show(nearest(name, names))}?`,
    });
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(`${command.help}\n`);
    return 0;
  }
  return command.run(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CaviarError)) throw error;
  process.stderr.write(`${printable(`${error.what}\n  expected  ${error.expected}\n  got       ${error.got}\n  ${error.remedy}`)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}

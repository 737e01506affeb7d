/** The command line: finds the command, and turns errors into messages that say what was expected, what it got and what to do. */
import { CaviarError, ConfigError } from "@caviar-hpo/core";
import { nearest, show } from "@caviar-hpo/core/text";
import { benchCommand } from "./commands/bench.ts";
import type { Command } from "./commands/command.ts";
import { problemsCommand } from "./commands/problems.ts";
import { reportCommand } from "./commands/report.ts";
import { serveCommand } from "./commands/serve.ts";
import { strategiesCommand } from "./commands/strategies.ts";
import { errorText, systemErrorText } from "./terminal/errorText.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { version } from "./version.ts";

export const commands: readonly Command[] = [benchCommand, reportCommand, strategiesCommand, problemsCommand, serveCommand];

const usage = `Caviar: Bayesian optimisation, Hyperband, and benchmarks that you can trust.

Usage: caviar COMMAND [OPTIONS]

${commands.map((command) => `  ${command.name.padEnd(12)}${command.summary}`).join("\n")}

caviar COMMAND --help explains a command. caviar --version prints the version.`;

/** Resolves to the exit code: 0 for success, 1 for a failure, 2 for a mistake in the command line or in a file that it names. */
export async function caviar(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (error instanceof CaviarError) {
      terminal.stderr.write(errorText(error));
      return error instanceof ConfigError ? 2 : 1;
    }
    if (!isSystemError(error)) throw error;
    terminal.stderr.write(systemErrorText(error));
    return 1;
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    terminal.stdout.write(`${usage}\n`);
    return 0;
  }
  if (name === "--version") {
    terminal.stdout.write(`${version}\n`);
    return 0;
  }
  const command = commands.find((one) => one.name === name) ?? refuseCommand(name);
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.stdout.write(`${command.help}\n`);
    return 0;
  }
  await command.run(rest, terminal);
  return 0;
}

function refuseCommand(name: string): never {
  const names = commands.map((one) => one.name);
  throw new ConfigError({
    code: "unknownCommand",
    what: "command",
    expected: `one of ${names.join(", ")}`,
    got: show(name),
    remedy: `Did you mean ${show(nearest(name, names))}?`,
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

/** The command line: finds the command, and turns errors into messages that say what was expected, what it got and what to do. */
import { CaviarError, ConfigError } from "@caviar-hpo/core";
import { nearest, show } from "@caviar-hpo/core/text";
import { benchCommand } from "./commands/bench.ts";
import { bestCommand } from "./commands/best.ts";
import type { Subcommand } from "./commands/command.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { optimizeCommand } from "./commands/optimize.ts";
import { problemsCommand } from "./commands/problems.ts";
import { repairCommand } from "./commands/repair.ts";
import { reportCommand } from "./commands/report.ts";
import { serveCommand } from "./commands/serve.ts";
import { strategiesCommand } from "./commands/strategies.ts";
import { trialsCommand } from "./commands/trials.ts";
import { verifyCommand } from "./commands/verify.ts";
import { watchCommand } from "./commands/watch.ts";
import { exitCodeOf, exitCodes, exitCodeText } from "./exitCodes.ts";
import { errorJson, errorText, systemErrorJson, systemErrorText } from "./terminal/errorText.ts";
import { paintFor } from "./terminal/paint.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { version } from "./version.ts";

export const commands: readonly Subcommand[] = [
  optimizeCommand,
  watchCommand,
  trialsCommand,
  bestCommand,
  exportCommand,
  importCommand,
  verifyCommand,
  repairCommand,
  benchCommand,
  reportCommand,
  strategiesCommand,
  problemsCommand,
  serveCommand,
];

const usage = `Caviar: Bayesian optimisation, Hyperband, and benchmarks that you can trust.

Usage: caviar COMMAND [OPTIONS]

${commands.map((command) => `  ${command.name.padEnd(12)}${command.summary}`).join("\n")}

caviar COMMAND --help explains a command. caviar --version prints the version.
With --json, a command prints its result as JSON, and an error as one line of JSON.

${exitCodeText}`;

/** Resolves to the exit code. */
export async function caviar(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    const { stderr } = terminal;
    const json = ownArguments(args).includes("--json");
    if (error instanceof CaviarError) {
      stderr.write(json ? errorJson(error) : errorText(error, paintFor(stderr, terminal)));
      return exitCodeOf(error);
    }
    if (!isSystemError(error)) throw error;
    stderr.write(json ? systemErrorJson(error) : systemErrorText(error));
    return exitCodes.failed;
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    terminal.stdout.write(`${usage}\n`);
    return exitCodes.done;
  }
  if (name === "--version") {
    terminal.stdout.write(`${version}\n`);
    return exitCodes.done;
  }
  const command = commands.find((one) => one.name === name) ?? refuseCommand(name);
  const own = ownArguments(rest);
  if (own.includes("--help") || own.includes("-h")) {
    terminal.stdout.write(`${command.help}\n`);
    return exitCodes.done;
  }
  return command.run(rest, terminal);
}

/** The arguments before `--`. Those after it belong to the user's own program. */
function ownArguments(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end === -1 ? args : args.slice(0, end);
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

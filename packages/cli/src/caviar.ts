/** The command line: finds the command, loads it and runs it. */
import { commands } from "./commands.ts";
import { exitCodes, exitCodeText } from "./exitCodes.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { version } from "./version.ts";

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
    const { tellFailure } = await import("./failure.ts");
    return tellFailure(error, ownArguments(args).includes("--json"), terminal);
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
  const entry = commands.find((one) => one.name === name) ?? (await import("./failure.ts")).refuseCommand(name);
  const command = await entry.load();
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

/** Turns errors into messages that say what was expected, what it got and what to do. Only a command line that fails loads this module. */
import { CaviarError, ConfigError, JournalError, SpaceError, StateError } from "@caviar-hpo/core";
import { didYouMean, show } from "@caviar-hpo/core/text";
import { commands } from "./commands.ts";
import { exitCodes } from "./exitCodes.ts";
import { errorJson, errorText, systemErrorJson, systemErrorText } from "./terminal/errorText.ts";
import { paintFor } from "./terminal/paint.ts";
import type { Terminal } from "./terminal/terminal.ts";

/**
 * Writes the message of an error on standard error.
 *
 * @returns the exit code.
 * @throws the error itself if it is neither a CaviarError nor an error of the operating system.
 */
export function tellFailure(error: unknown, json: boolean, terminal: Terminal): number {
  const { stderr } = terminal;
  if (error instanceof CaviarError) {
    stderr.write(json ? errorJson(error) : errorText(error, paintFor(stderr, terminal)));
    return exitCodeOf(error);
  }
  if (!isSystemError(error)) throw error;
  stderr.write(json ? systemErrorJson(error) : systemErrorText(error));
  return exitCodes.failed;
}

/** @throws ConfigError, always. */
export function refuseCommand(name: string): never {
  const names = commands.map((one) => one.name);
  throw new ConfigError({
    code: "unknownCommand",
    what: "command",
    expected: `one of ${names.join(", ")}`,
    got: show(name),
    remedy: didYouMean(name, names, "caviar --help explains the commands."),
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

function exitCodeOf(error: CaviarError): number {
  if (error.code === "interrupted") return exitCodes.interrupted;
  if (error.code === "terminated") return exitCodes.terminated;
  if (error instanceof ConfigError || error instanceof SpaceError || error.code === "noStudy" || error.code === "badJournal")
    return exitCodes.misuse;
  if (error instanceof JournalError && damage.has(error.code)) return exitCodes.damaged;
  if (error instanceof StateError && occupied.has(error.code)) return exitCodes.busy;
  return exitCodes.failed;
}

const damage: ReadonlySet<string> = new Set(["corrupt", "otherLog", "otherPlan", "diverged", "differentRuns"]);
const occupied: ReadonlySet<string> = new Set(["locked", "campaignLocked", "takenOver"]);

/** Whether the program of a command can be started. A mistake in its name is refused before the first trial, so it uses up no budget. */
import { accessSync, constants, type Stats, statSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";

/**
 * Looks where the operating system will look: a name with a slash is a path, and any other is searched in the folders of PATH. Windows and
 * commands without PATH have rules of their own, so there each trial finds out by itself.
 *
 * @param cwd the folder in which the command will run.
 * @param path the PATH that the command will get.
 * @throws ConfigError if there is no such folder or program, or the program must not be executed.
 */
export function checkProgram(program: string, cwd: string, path: string | undefined): void {
  if (process.platform === "win32") return;
  if (!isFolder(cwd)) refuse("cwd of the command", "a folder", `${show(cwd)}, which is none`, "Correct the path.");
  if (program.includes("/")) {
    const file = resolve(cwd, program);
    if (!isFile(file)) refuseProgram(`${show(program)}, which is no file`, "Correct the path.");
    if (!isExecutable(file)) {
      refuseProgram(
        `${show(program)}, which has no right to be executed`,
        "Put its interpreter before it, such as python3, or chmod +x it.",
      );
    }
  } else if (path !== undefined && !path.split(delimiter).some((folder) => isExecutable(resolve(cwd, folder, program)))) {
    refuseProgram(
      `${show(program)}, which is in no folder of PATH`,
      "Correct the name, or give the path, such as ./train. No shell reads it.",
    );
  }
}

function isFolder(path: string): boolean {
  return kindOf(path)?.isDirectory() === true;
}

function isFile(path: string): boolean {
  return kindOf(path)?.isFile() === true;
}

function kindOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}

function refuseProgram(got: string, remedy: string): never {
  return refuse("program of the command", "a program that can be started", got, remedy);
}

function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badCommand", what, expected, got, remedy });
}

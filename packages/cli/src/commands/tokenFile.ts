/** The token of a port in a file that only its owner can read. A token on the command line could be seen by every user of the machine. */
import { randomBytes } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { refuse } from "./command.ts";

/** The token in the file. Makes the file with a new token if there is none. */
export function tokenIn(path: string): string {
  const token = randomBytes(32).toString("base64url");
  try {
    writeFileSync(path, `${token}\n`, { flag: "wx", mode: 0o600 });
    return token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const { mode } = statSync(path);
  // Windows has no such modes.
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    refuse(`token file ${path}`, "a file that only you can read", `mode ${(mode & 0o777).toString(8)}`, `Run chmod 600 on it.`);
  return readFileSync(path, "utf8").trim();
}

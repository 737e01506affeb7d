/** The programs of workers. Node runs them from the build of this package, also if this file runs from its source. */
import { existsSync } from "node:fs";
import { ConfigError } from "@caviar-hpo/core";

const isSource = import.meta.url.endsWith(".ts");
const folder = new URL(isSource ? "../../dist/" : "../", import.meta.url);
const paths = { thread: "workers/program/thread.js", process: "workers/program/process.js", line: "parts/lineThread.js" };

/** @throws ConfigError if the file is not there, because the package was bundled into one file. */
export function programFile(name: keyof typeof paths): URL {
  const file = new URL(paths[name], folder);
  if (existsSync(file)) return file;
  throw new ConfigError({
    code: "noProgram",
    what: name === "line" ? "program of a plan" : "worker of optimize",
    expected: `the program ${file.href}`,
    got: "no such file",
    remedy: `Install @caviar-hpo/runtime as a package instead of bundling it${name === "line" ? "" : ", or pass a function or a command"}.`,
  });
}

/** The flags of Node for a thread. By default it gets those of this process. */
export const threadFlags: { readonly execArgv?: string[] } = isSource ? { execArgv: [] } : {};

/** The flags of Node for a process: those of this process, without a program in their place, and without a debugger's port. */
export function processFlags(): readonly string[] {
  if (isSource) return [];
  const flags: string[] = [];
  for (let at = 0; at < process.execArgv.length; at++) {
    const flag = process.execArgv[at]!;
    if (/^(?:-e|-p|-pe|--eval|--print)$/.test(flag)) at++;
    else if (!/^--(?:eval|print|input-type|inspect)/.test(flag)) flags.push(flag);
  }
  return flags;
}

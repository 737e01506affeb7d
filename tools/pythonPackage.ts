/** What tests of the Python package share: an interpreter, and the server that the package carries, made of the sources as they are now. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { bundleClient, bundleName } from "./clientBundle.mjs";
import { workspaceRoot } from "./workspace.ts";

export const pythonPackage: string = join(workspaceRoot, "clients", "python");

/** undefined where there is no Python that the package supports. */
export const python: string | undefined = [process.env.CAVIAR_PYTHON || "python3"].find(
  (name) => spawnSync(name, ["-c", "import sys; assert sys.version_info >= (3, 10)"]).status === 0,
);

type PythonRun = { readonly status: number | null; readonly stdout: string; readonly stderr: string };
export type PythonPackage = {
  /** Runs Python with the package and its server. Commands in the folder `commands` come first. */
  run(args: readonly string[], cwd?: string, commands?: string): Promise<PythonRun>;
  readonly server: string;
  remove(): Promise<void>;
};

function runPython(interpreter: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd?: string): Promise<PythonRun> {
  return new Promise((resolve) => {
    const child = spawn(interpreter, args, { env: { ...env, PYTHONPATH: join(pythonPackage, "src"), PYTHONDONTWRITEBYTECODE: "1" }, cwd });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** The package as it is in the repository, with a server in a folder of its own. */
export async function preparePackage(interpreter: string = python!): Promise<PythonPackage> {
  const folder = mkdtempSync(join(tmpdir(), "caviar-python-"));
  await bundleClient(folder);
  const server = join(folder, bundleName);
  return {
    server,
    run: (args, cwd, commands) => {
      const path = commands === undefined ? process.env.PATH : `${commands}${delimiter}${process.env.PATH}`;
      return runPython(interpreter, args, { ...process.env, CAVIAR_SERVER: server, PATH: path }, cwd);
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** The package with the server that it finds in a checkout: the compiled command. */
export const unbundledPackage: Pick<PythonPackage, "run"> = { run: (args, cwd) => runPython(python!, args, process.env, cwd) };

/** What is wrong with the unit tests in some files of the package; null if they pass. */
export async function faultOfUnitTests({ run }: Pick<PythonPackage, "run">, pattern: string): Promise<string | null> {
  const tests = join(pythonPackage, "tests");
  const { status, stderr } = await run(["-X", "dev", "-m", "unittest", "discover", "-s", tests, "-p", pattern]);
  const good = status === 0 && /\nRan [1-9]\d* tests? in .*\n\nOK\n$/.test(stderr) && !stderr.includes("Warning");
  return good ? null : stderr;
}

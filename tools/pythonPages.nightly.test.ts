/** The programs in the pages about Python: they run, and print what the pages say. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PythonPackage, preparePackage, python } from "./pythonPackage.ts";
import { workspaceRoot } from "./workspace.ts";

const root = mkdtempSync(join(tmpdir(), "caviar-"));
const commands = join(root, "commands");
let prepared: PythonPackage;
beforeAll(async () => {
  prepared = await preparePackage();
  // A cluster of one machine: srun runs the command after its options.
  mkdirSync(commands);
  writeFileSync(join(commands, "srun"), '#!/bin/sh\nwhile [ "${1#--}" != "$1" ]; do shift; done\nexec "$@"\n');
  chmodSync(join(commands, "srun"), 0o755);
});
afterAll(async () => {
  rmSync(root, { recursive: true });
  await prepared.remove();
});

type Program = { readonly file: string; readonly text: string; readonly prints: readonly string[] };

/** A block that begins with a comment such as `# train.py` has this name. */
function programsIn(page: string): readonly Program[] {
  const blocks = [...readFileSync(join(workspaceRoot, page), "utf8").matchAll(/^```python\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, text], index) => ({
    file: /^# (\w+\.py)\n/.exec(text!)?.[1] ?? `block${index}.py`,
    text: text!,
    prints: [...text!.matchAll(/^ *# prints: (.*)$/gm)].map(([, line]) => line!),
  }));
}

function foldersOf(page: string): string {
  const folder = mkdtempSync(join(root, "page-"));
  for (const { file, text } of programsIn(page)) writeFileSync(join(folder, file), text);
  return folder;
}

describe.skipIf(python === undefined || process.platform === "win32")("the programs of", () => {
  it.each(["docs/python.md", "README.md"])("%s run, and print what it says", async (page) => {
    const folder = foldersOf(page);
    const programs = programsIn(page).filter(({ file }) => !["shared.py", "on_port.py"].includes(file));
    expect(programs.length).toBeGreaterThan(0);
    for (const { file, prints } of programs) {
      const run = await prepared.run([file], folder);
      expect({ file, ...run }).toEqual({ file, status: 0, stderr: "", stdout: prints.map((line) => `${line}\n`).join("") });
    }
  });

  it("the README of the package are those of the README", () => {
    expect(programsIn("clients/python/README.md")).toEqual(programsIn("README.md"));
  });

  it("docs/offline-sweeps.md run on a node, stop at a signal, continue in the next job, and run as steps", async () => {
    const folder = foldersOf("docs/offline-sweeps.md");
    // The signal comes while the sixth trial runs.
    const slurm = "def train(trial):\n    if trial.number == 5:\n        os.kill(os.getppid(), signal.SIGUSR1)";
    const sweep = readFileSync(join(folder, "sweep.py"), "utf8");
    writeFileSync(join(folder, "interrupted.py"), sweep.replace("def train(trial):", slurm));
    const first = await prepared.run(["interrupted.py"], folder);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(Number.parseInt(first.stdout, 10)).toBeLessThan(12);
    const second = await prepared.run(["sweep.py"], folder);
    expect(second).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^40 trials, best \d/) });
    const driver = await prepared.run(["driver.py"], folder, commands);
    expect(driver).toEqual({ status: 0, stderr: "", stdout: "24 adam\n" });
  });

  it("docs/python.md use a server on a port", async () => {
    const folder = foldersOf("docs/python.md");
    const driver = `
import subprocess, sys
from pathlib import Path

serve = ["serve", "--root", "studies", "--port", "0", "--token-file", "studies.token"]
server = subprocess.Popen([sys.executable, "-m", "caviar_hpo", *serve], stdout=subprocess.PIPE, text=True)
try:
    port = server.stdout.readline().strip().rpartition(":")[2]
    program = Path("on_port.py").read_text().replace("8765", port)
    subprocess.run([sys.executable, "-c", program], check=True)
finally:
    server.terminate()
    server.wait()
    server.stdout.close()
`;
    expect(await prepared.run(["-c", driver], folder)).toEqual({ status: 0, stderr: "", stdout: "True\n" });
  });

  it("docs/python.md share a study, started by the script of docs/offline-sweeps.md", async () => {
    const folder = foldersOf("docs/python.md");
    const [, script] = /^```sh\n(#!\/bin\/bash\n# shared\.sh\n[\s\S]*?)^```$/m.exec(
      readFileSync(join(workspaceRoot, "docs/offline-sweeps.md"), "utf8"),
    )!;
    writeFileSync(join(folder, "shared.sh"), script!);
    const { status, stdout } = await prepared.run(["-c", "import subprocess; subprocess.run(['bash', 'shared.sh'], check=True)"], folder);
    // The first line is the address of the server.
    expect({ status, programs: stdout.split("\n").slice(1) }).toEqual({ status: 0, programs: [...Array(4).fill("40 True"), ""] });
  });
});

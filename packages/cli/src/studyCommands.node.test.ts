/** The commands that read a study: trials, best, watch, verify and repair. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { optunaJournal, studyCsv, studyJson, tensorboardFiles } from "@caviar-hpo/report/neighbours";
import { type DurableStudy, openStudy, readStudy } from "@caviar-hpo/runtime";
import { choice, given, real } from "@caviar-hpo/tune";
import { afterAll, describe, expect, test } from "vitest";
import { type FakeTerminal, fakeTerminal } from "../testing/fakeTerminal.ts";
import { contentsOf, folders } from "../testing/folders.ts";
import { caviar } from "./caviar.ts";

const { next: newFolder, remove } = folders("studies-");
afterAll(remove);

type Said = { readonly code: number; readonly out: string; readonly err: string };

async function said(...args: readonly string[]): Promise<Said> {
  return saidOn(fakeTerminal(), ...args);
}

async function saidOn(terminal: FakeTerminal, ...args: readonly string[]): Promise<Said> {
  const code = await caviar(args, terminal);
  return { code, out: terminal.stdout.text(), err: terminal.stderr.text() };
}

const space = {
  learningRate: real(1e-4, 1, { scale: "log" }),
  optimizer: choice(["adam", "sgd \u001b[2J"]),
  momentum: given("optimizer", ["adam"], real(0, 0.99)),
};

/** A study of five trials in a folder: the second one is the best, and the third one has failed. */
async function fiveTrials(folder: string): Promise<void> {
  const study = await openStudy(folder, { space, seed: 1, strategy: "tpe", snapshotEvery: 4 });
  const values = [3, 0.12345678, NaN, 2, 1];
  await study.optimize(
    ({ trial }) => {
      if (trial === 2) throw new Error("out of memory \u001b[31m");
      return values[trial]!;
    },
    { trials: 5 },
  );
  study.close();
}

async function stored(): Promise<string> {
  const folder = newFolder();
  await fiveTrials(folder);
  return folder;
}

describe("caviar trials", () => {
  test("lists every trial with its status, value, configuration and failure", async () => {
    const { code, out, err } = await said("trials", await stored());
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [head, rule, ...rows] = out.trimEnd().split("\n");
    expect(head).toMatch(/^trial {2}status +value +learningRate +optimizer +momentum/);
    expect(head).toContain("failure");
    expect(rule).toMatch(/^[─ ]+$/);
    expect(rows.map((row) => row.trim().split(/ +/).slice(0, 2))).toEqual([
      ["0", "finished"],
      ["1", "finished"],
      ["2", "failed"],
      ["3", "finished"],
      ["4", "finished"],
    ]);
    expect(rows[1]).toContain("0.123457");
    expect(rows[2]).toContain("threw: ");
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });

  test("as JSON gives the trials of readStudy, and nothing that steers a terminal", async () => {
    const folder = await stored();
    const { code, out } = await said("trials", folder, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(readStudy(folder).trials)));
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });

  test("shows the fidelity, the constraints and every objective", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, {
      space: { x: real(0, 1) },
      objectives: [
        { name: "loss", goal: "minimize" },
        { name: "speed", goal: "maximize" },
      ],
      constraints: ["memory"],
      fidelity: { unit: "epochs", min: 1, max: 9 },
      strategy: "random",
    });
    await study.optimize(({ trial }) => ({ values: [trial, trial], constraints: [-1] }), { trials: 3 });
    study.close();
    expect((await said("trials", folder)).out.split("\n")[0]).toMatch(/^trial {2}status +epochs +loss +speed +memory +x/);
    const best = await said("best", folder);
    expect(best.out.trimEnd().split("\n")).toHaveLength(2 + 3);
  });

  test("colours the best and the failed trials on a terminal, and nowhere else", async () => {
    const folder = await stored();
    const { out } = await saidOn(fakeTerminal("", { isTTY: true }), "trials", folder);
    const rows = out.trimEnd().split("\n").slice(2);
    expect(rows.map((row) => (row.startsWith("\u001b[") ? row.slice(2, 4) : ""))).toEqual(["", "32", "31", "", ""]);
    const quiet = { ...fakeTerminal("", { isTTY: true }), env: { NO_COLOR: "1" } };
    expect((await saidOn(quiet, "trials", folder)).out).not.toContain("\u001b");
  });

  test("cuts lines to the width of a terminal, and nowhere else", async () => {
    const folder = await stored();
    const narrow = { ...fakeTerminal("", { isTTY: true, columns: 30 }), env: { NO_COLOR: "1" } };
    const lines = (await saidOn(narrow, "trials", folder)).out.trimEnd().split("\n");
    expect(lines).toHaveLength(2 + 5);
    expect(Math.max(...lines.map((line) => line.length))).toBe(30);
    const whole = (await said("trials", folder)).out.split("\n");
    expect(whole[0]!.length).toBeGreaterThan(30);
    expect(whole[0]!.slice(0, 27)).toBe(lines[0]!.slice(0, 27));
  });
});

describe("caviar best", () => {
  test("shows the best trial and its configuration", async () => {
    const folder = await stored();
    const { code, out } = await said("best", folder);
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n").slice(2)).toEqual([expect.stringMatching(/^ +1 +0\.123457 +/)]);
    const json = JSON.parse((await said("best", folder, "--json")).out) as readonly { readonly trial: number; readonly value: number }[];
    expect(json).toMatchObject([{ trial: 1, value: 0.12345678 }]);
  });

  test("of a study in which no trial has succeeded exits with 1, and says how many have not", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, { space });
    study.fail(study.ask()[0]!.id, "lost");
    study.close();
    const { code, out, err } = await said("best", folder);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("got       none in 1 trial");
    expect(JSON.parse((await said("best", folder, "--json")).err)).toMatchObject({ error: { code: "nothingSucceeded" } });
  });
});

/** A record of the log as another strategy would have written it: trial 4 has another learning rate. */
function changed(line: string): string {
  const [, sequence, text] = /^\w{8} \d+ (\d+) (.*)$/.exec(line)!;
  const record = JSON.parse(text!) as { readonly jobs?: readonly { readonly trial: number; readonly config: object }[] };
  const job = record.jobs?.[0];
  if (job?.trial !== 4) return line;
  const other = JSON.stringify({ ...record, jobs: [{ ...job, config: { ...job.config, learningRate: 0.5 } }] });
  const rest = `${Buffer.byteLength(other)} ${sequence} ${other}`;
  return `${crc32(`${rest}\n`).toString(16).padStart(8, "0")} ${rest}`;
}

describe("caviar verify", () => {
  test("replays a sound study with its strategy, and writes nothing", async () => {
    const folder = await stored();
    const before = contentsOf(folder);
    const { code, out } = await said("verify", folder);
    expect(code).toBe(0);
    expect(out).toMatch(/^The log is sound: \d+ events, 5 trials\. The strategy gives the same answers\.\nSnapshots: 2 good, 0 /);
    expect(JSON.parse((await said("verify", folder, "--json")).out)).toMatchObject({ trials: 5, tornBytes: 0 });
    expect(contentsOf(folder)).toEqual(before);
  });

  test("exits with 3 where an answer in the log is not that of the strategy, and names the event", async () => {
    const folder = newFolder();
    await fiveTrials(folder);
    const path = join(folder, "log");
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    writeFileSync(path, lines.map((line) => `${changed(line)}\n`).join(""));
    const { code, err } = await said("verify", folder);
    expect(code).toBe(3);
    expect(err).toMatch(/^event \d+ of the log\n/);
    expect(err).toContain('"learningRate":0.5');
  });

  test("exits with 3 for a log with damage in the middle and names the byte, and reads a torn record as sound", async () => {
    const folder = await stored();
    const path = join(folder, "log");
    appendFileSync(path, "0123");
    const torn = await said("verify", folder);
    expect(torn.code).toBe(0);
    expect(torn.out).toContain("The last record is not whole: 4 bytes.");
    const bytes = readFileSync(path);
    bytes[bytes.indexOf("\n") + 30]! ^= 1;
    writeFileSync(path, bytes);
    const { code, err } = await said("verify", folder, "--json");
    expect(code).toBe(3);
    expect(JSON.parse(err)).toMatchObject({ error: { code: "corrupt", what: expect.stringContaining(", byte ") as string } });
  });

  test("exits with 3 for a damaged checkpoint, and only counts a snapshot that does not fit", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, { space: { x: real(0, 1) }, fidelity: { unit: "epochs", min: 1, max: 3 }, resumable: true });
    await study.optimize(
      ({ save }) => {
        save(Buffer.from("model"));
        return 1;
      },
      { trials: 2 },
    );
    study.close();
    const [snapshot] = readdirSync(folder).filter((name) => name.startsWith("snapshot-"));
    writeFileSync(join(folder, snapshot!), "{}");
    const ignored = await said("verify", folder);
    expect(ignored).toMatchObject({ code: 0, err: "" });
    expect(ignored.out).toContain("Snapshots: 0 good, 1 that are not used.\nCheckpoints: 2 good, 0 damaged.\n");
    const [checkpoint] = readdirSync(join(folder, "checkpoints"));
    writeFileSync(join(folder, "checkpoints", checkpoint!), "00000000 5\nmodel");
    const damaged = await said("verify", folder);
    expect(damaged.code).toBe(3);
    expect(damaged.out).toContain(`Damaged: ${join(folder, "checkpoints", checkpoint!)}`);
  });

  test("says that the strategy of somebody's own program is not known", async () => {
    const folder = newFolder();
    const { createStrategy } = await import("@caviar-hpo/tune");
    const study = await openStudy(folder, { space, strategy: { ...createStrategy("random"), name: "mine" } });
    study.close();
    const { code, err } = await said("verify", folder);
    expect(code).toBe(2);
    expect(err).toContain('got       "mine"');
    expect(err).toContain("verifyStudy");
  });
});

describe("caviar repair", () => {
  test("leaves a good log, and ends a damaged one before the damage", async () => {
    const folder = await stored();
    const path = join(folder, "log");
    const whole = readFileSync(path);
    expect((await said("repair", folder)).out).toMatch(/^The log is good: \d+ events\.\n$/);
    expect(readFileSync(path)).toEqual(whole);
    const bytes = Buffer.from(whole);
    bytes[bytes.lastIndexOf("\n", -2) - 5]! ^= 1;
    writeFileSync(path, bytes);
    expect((await said("trials", folder)).code).toBe(3);
    const { code, out } = await said("repair", folder);
    expect(code).toBe(0);
    expect(out).not.toContain("caviar repair");
    expect(out).toMatch(/^Damage: .*\nEvents kept: \d+\. Bytes lost: \d+\.\nThe damaged log is now .*log\.damaged-1\n$/);
    expect(readFileSync(join(folder, "log.damaged-1"))).toEqual(bytes);
    expect((await said("verify", folder)).code).toBe(0);
  });

  test("cannot make a log that is missing: it says so as trials does", async () => {
    const folder = await stored();
    rmSync(join(folder, "log"));
    const [repaired, read] = [await said("repair", folder), await said("trials", folder)];
    expect(repaired).toEqual(read);
    expect(repaired.code).toBe(3);
    expect(repaired.err).toContain("Restore a copy of the log");
  });

  test("exits with 4 while a process has the study open", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, { space });
    const { code, err } = await said("repair", folder);
    study.close();
    expect(code).toBe(4);
    expect(err).toContain("one that this process has open");
  });
});

describe("caviar watch", () => {
  const counts = (trials: number): { readonly trials: number } => ({ trials });

  /** Watches until `end` is called, and gives what was said until then. */
  async function watching(folder: string, terminal: FakeTerminal, ...args: readonly string[]) {
    const ended = caviar(["watch", folder, ...args], terminal);
    let over = false;
    const done = (): void => {
      over = true;
    };
    ended.then(done, done);
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) {
        if (over) throw new Error(`it ended, and said ${terminal.stdout.text()} ${terminal.stderr.text()}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    return { ended, until };
  }

  async function step(study: DurableStudy<unknown>, value: number): Promise<void> {
    const [job] = study.ask();
    study.tell(job!.id, value);
  }

  test("shows each change as a line, from another process too, until Ctrl-C", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, { space: { x: real(0, 1) } });
    const terminal = fakeTerminal();
    const { ended, until } = await watching(folder, terminal);
    await until(() => terminal.stdout.text().includes("0 trials\n"));
    await step(study, 2);
    await until(() => terminal.stdout.text().includes("1 trials, best 2 (trial 0)\n"));
    study.close();
    await until(() => terminal.stdout.text().includes("no process works on it"));
    terminal.signals.emit("SIGINT");
    expect(await ended).toBe(0);
    expect(terminal.signals.listenerCount("SIGINT")).toBe(0);
    expect(terminal.stdout.text()).toBe("0 trials\n1 trials, best 2 (trial 0)\n1 trials, best 2 (trial 0); no process works on it\n");
  });

  test("ends by itself when optimize has ended the study, and says by which rule", async () => {
    const { code, out } = await said("watch", await stored());
    expect(code).toBe(0);
    expect(out).toMatch(/^5 trials, 1 failed, best 0\.123457 \(trial 1\); \S.*\n$/);
    expect(out.split("\n")).toHaveLength(2);
  });

  test("waits for the next call of optimize where it is told to, and ends with the end of that call", async () => {
    const folder = newFolder();
    const options = { space: { x: real(0, 1) }, seed: 1, strategy: "sobol" };
    const first = await openStudy(folder, options);
    await first.optimize(({ config }) => config.x, { trials: 2 });
    first.close();
    const terminal = fakeTerminal();
    const { ended, until } = await watching(folder, terminal, "--wait", "600");
    await until(() => terminal.stdout.text().includes("2 trials"));
    const second = await openStudy(folder, options);
    await second.optimize(({ config }) => config.x, { trials: 4 });
    second.close();
    expect(await ended).toBe(0);
    expect(terminal.stdout.text()).toMatch(/^2 trials.*2 trials is spent\.\n.*^4 trials.*4 trials is spent\.\n$/ms);
    expect((await said("watch", folder, "--wait", "0.3")).out).toMatch(/^4 trials.*\n$/);
    expect((await said("watch", folder, "--wait", "soon")).err).toContain("--wait");
  });

  test("says what the strategy expects of further trials", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, {
      space: { x: real(0, 1) },
      strategy: { name: "bayesopt", options: { initial: 4 } },
      seed: 1,
    });
    await study.optimize(({ config }) => (config.x - 0.3) ** 2, { trials: 7 });
    study.close();
    const notes = readStudy(folder).jobs.map(({ note }) => note as { readonly remaining?: { readonly expected: number } });
    const { expected } = notes.filter(({ remaining }) => remaining !== undefined).at(-1)!.remaining!;
    expect((await said("watch", folder)).out).toContain(`, further gain ${Number(expected.toPrecision(3))} expected; `);
    expect(JSON.parse((await said("watch", folder, "--json")).out)).toMatchObject({ outlook: { expected } });
  });

  test("counts no trial that came from elsewhere", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, { space: { x: real(0, 1) } });
    for (let i = 0; i < 7; i++) study.observe({ x: 0.5 }, 3);
    study.observe({ x: 0.5 }, { status: "failed" });
    study.observe({ x: 0.5 }, { status: "running" });
    await study.optimize(() => 2, { trials: 2 });
    study.close();
    expect((await said("watch", folder)).out).toMatch(/^2 trials, best 2 \(trial 9\), further gain [^;]+ expected; /);
    expect(JSON.parse((await said("watch", folder, "--json")).out)).toMatchObject({ trials: 2, running: 0, failed: 0 });
  });

  test("keeps counting a paused trial that runs again", async () => {
    const folder = newFolder();
    const fidelity = { unit: "epochs", min: 1, max: 9 };
    const study = await openStudy(folder, { space: { x: real(0, 1) }, fidelity, strategy: { name: "asha", options: { eta: 3 } } });
    for (let trial = 0; trial < 3; trial++) await step(study, trial);
    const [job] = study.ask();
    expect(job).toMatchObject({ trial: 0, until: 3 });
    study.close();
    const terminal = fakeTerminal();
    const { ended, until } = await watching(folder, terminal);
    await until(() => terminal.stdout.text() !== "");
    terminal.signals.emit("SIGINT");
    await ended;
    expect(terminal.stdout.text()).toMatch(/^3 trials, 1 running, /);
  });

  test("says how long the trials that are left will take", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, { space: { x: real(0, 1) } });
    study.annotate(null, { "caviar optimize": { trials: "10", workers: "2" } });
    for (let trial = 0; trial < 4; trial++) {
      const [job] = study.ask();
      await new Promise((resolve) => setTimeout(resolve, 400));
      study.tell(job!.id, trial);
    }
    const terminal = fakeTerminal();
    const { ended, until } = await watching(folder, terminal);
    await until(() => terminal.stdout.text() !== "");
    study.close();
    await until(() => terminal.stdout.text().includes("no process works on it"));
    terminal.signals.emit("SIGINT");
    await ended;
    // Six trials of at least 0.4 s each, by two workers.
    const [, seconds] = /^4\/10 trials, best 0 \(trial 0\), (\d+) s left\n4\/10 trials/.exec(terminal.stdout.text()) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(2);
  });

  test("writes its line in place on a terminal", async () => {
    const { out } = await saidOn(fakeTerminal("", { isTTY: true }), "watch", await stored());
    const [before, line, last, ...more] = out.split("\r\u001b[2K");
    expect([before, more]).toEqual(["", []]);
    expect(line).toMatch(/^5 trials, [^\n]+$/);
    expect(last).toBe(`${line}\n`);
  });

  test("as JSON gives a line for each change", async () => {
    const { out } = await said("watch", await stored(), "--json");
    expect(JSON.parse(out)).toMatchObject({
      ...counts(5),
      running: 0,
      failed: 1,
      best: { trial: 1 },
      open: false,
      ended: { rule: "trials" },
    });
  });
});

describe("a folder of another kind", () => {
  const readers = ["trials", "best", "watch", "verify", "repair", "export"] as const;
  const format = (name: string): readonly string[] => (name === "export" ? ["--csv"] : []);
  const campaign = newFolder();
  writeFileSync(join(campaign, "campaign.json"), '{"command":"caviar bench"}');
  writeFileSync(join(campaign, "plan.json"), "{}");

  test.each(readers.filter((name) => name !== "verify"))("%s says that it is a campaign, and what shows one", async (name) => {
    const { code, err } = await said(name, campaign, ...format(name));
    expect(code).toBe(2);
    expect(err).toContain(`got       the folder of a campaign, `);
    expect(err).toContain("Write caviar report ");
  });

  test.each(readers)("%s says that there is no study", async (name) => {
    const empty = newFolder();
    expect(await said(name, empty, ...format(name))).toMatchObject({
      code: 2,
      err: expect.stringContaining("without a head.json") as string,
    });
    expect(await said(name, join(empty, "no"), ...format(name))).toMatchObject({
      code: 2,
      err: expect.stringContaining("does not exist") as string,
    });
    expect(await said(name, ...format(name))).toMatchObject({
      code: 2,
      err: expect.stringContaining(`Write caviar ${name} FOLDER.`) as string,
    });
    expect(existsSync(join(empty, "no"))).toBe(false);
  });

  test("archive says that it is a study, and what shows one", async () => {
    const folder = newFolder();
    (await openStudy(folder, { space })).close();
    const { code, err } = await said("archive", folder);
    expect(code).toBe(2);
    expect(err).toContain("got       the folder of a study, ");
    expect(err).toContain("Write caviar trials ");
  });
});

test("a folder that cannot be read exits with 1, without a stack", async () => {
  const folder = newFolder();
  (await openStudy(folder, { space })).close();
  rmSync(join(folder, "log"));
  mkdirSync(join(folder, "log"));
  const { code, err } = await said("trials", folder);
  expect(code).toBe(1);
  expect(err).not.toContain("    at ");
});

describe("caviar export", () => {
  test("writes the texts and files of the neighbours' functions", async () => {
    const folder = await stored();
    const { problem, seed, strategy, annotations, trials } = readStudy(folder);
    const study = { name: "digits", problem, seed, strategy, annotations, trials };
    const out = newFolder();
    const to = (name: string): string => join(out, "deep", name);
    for (const [format, text] of [
      ["optuna", optunaJournal(study)],
      ["csv", studyCsv(study)],
      ["json", studyJson(study)],
    ] as const) {
      const { code, err } = await said("export", folder, `--${format}`, to(format), "--name", "digits");
      expect({ code, err }).toEqual({ code: 0, err: `Wrote ${to(format)}\n` });
      expect(readFileSync(to(format), "utf8")).toBe(text);
    }
    expect((await said("export", folder, "--tensorboard", to("board"), "--name", "digits")).code).toBe(0);
    const files = tensorboardFiles(study);
    expect(Object.keys(contentsOf(to("board"))).sort()).toEqual(files.map(({ path }) => path).sort());
    for (const { path, bytes } of files) expect(new Uint8Array(readFileSync(join(to("board"), path)))).toEqual(bytes);
  });

  test("writes CSV and JSON to standard output, under the name of the folder", async () => {
    const folder = await stored();
    const csv = await said("export", folder, "--csv");
    expect(csv).toMatchObject({ code: 0, err: "" });
    expect(csv.out.split(/\r?\n/)[0]).toMatch(/^trial,status,fidelity,values_value,/);
    const json = JSON.parse((await said("export", folder, "--json")).out) as { readonly name: string; readonly trials: readonly unknown[] };
    expect(json).toMatchObject({ name: folder.split(/[\\/]/).at(-1), strategy: { name: "tpe" } });
    expect(json.trials).toHaveLength(5);
  });

  test("steers no terminal", async () => {
    const { out } = await saidOn(fakeTerminal("", { isTTY: true }), "export", await stored(), "--json");
    expect(out).not.toMatch(/[^\P{C}\n]/u);
  });

  test("does not replace what is there, unless it is told to", async () => {
    const folder = await stored();
    const path = join(newFolder(), "taken");
    writeFileSync(path, "theirs");
    const { code, err } = await said("export", folder, "--optuna", path);
    expect(code).toBe(2);
    expect(err).toContain("which exists");
    expect(readFileSync(path, "utf8")).toBe("theirs");
    expect((await said("export", folder, "--optuna", path, "--force")).code).toBe(0);
    const inFolder = await said("export", folder, "--optuna", newFolder(), "--force");
    expect(inFolder).toMatchObject({ code: 2, err: expect.stringContaining("which is a folder") as string });
    const full = newFolder();
    writeFileSync(join(full, "theirs"), "");
    expect((await said("export", folder, "--tensorboard", full)).code).toBe(2);
    expect((await said("export", folder, "--tensorboard", newFolder())).code).toBe(0);
  });

  test.each([
    [[], "got       none"],
    [["--csv", "--optuna", "x"], "got       --optuna and --csv"],
    [["--format", "csv"], "Write --csv."],
    [["--format=json"], "Write --json."],
    [["-f", "xlsx"], "See caviar export --help."],
    [["--csv", "--focre"], "Did you mean --force?"],
    [["--optuna"], "got       no value"],
    [["--tensorbord", "x"], "Did you mean --tensorboard?"],
    [["--tensorflow", "x"], "See caviar export --help."],
  ])("with %j exits with 2", async (args, text) => {
    const { code, err } = await said("export", await stored(), ...args);
    expect(code).toBe(2);
    expect(err).toContain(text);
  });
});

describe("caviar import", () => {
  /** A journal with five trials, of which one has failed, and one that still runs. */
  async function journal(): Promise<string> {
    const folder = newFolder();
    await fiveTrials(folder);
    const study = await openStudy(folder, { space, seed: 1, strategy: "tpe" });
    study.annotate(1, { note: "looks good" });
    study.ask();
    study.close();
    const path = join(newFolder(), "journal.log");
    expect((await said("export", folder, "--optuna", path, "--name", "digits")).code).toBe(0);
    return path;
  }

  test("makes a study with the space, the results, the failures and the attributes of the journal", async () => {
    const [path, folder] = [await journal(), join(newFolder(), "imported")];
    const { code, out } = await said("import", folder, "--optuna", path, "--strategy", "tpe", "--seed", "autumn");
    expect({ code, out }).toEqual({ code: 0, out: "Took over 5 trials of digits.\nLeft out trial 5: still running.\n" });
    const { trials, problem, strategy, seed, best } = readStudy(folder);
    expect(trials.map(({ status }) => status)).toEqual(["finished", "finished", "failed", "finished", "finished"]);
    expect(problem.space.params.map(([name]) => name)).toEqual(["learningRate", "optimizer", "momentum"]);
    expect({ strategy: strategy.name, seed }).toEqual({ strategy: "tpe", seed: "autumn" });
    expect(best()).toMatchObject([{ trial: 1, value: 0.12345678 }]);
    expect(trials[2]!.failure!.error).toContain("out of memory");
    expect(trials[1]!.annotations).toEqual({ note: "looks good", optuna: { study: "digits", trial: 1 } });
    expect((await said("verify", folder)).code).toBe(0);
  });

  test("takes over no trial of its own export", async () => {
    const folder = await stored();
    const path = join(newFolder(), "own.log");
    await said("export", folder, "--optuna", path);
    const count = readStudy(folder).trials.length;
    const { code, out } = await said("import", folder, "--optuna", path);
    expect(code).toBe(0);
    expect(out).toContain("Took over 0 trials");
    expect(out).toContain(`Left out trial 0 and ${count - 1} more: made by this study itself.`);
    expect(readStudy(folder).trials).toHaveLength(count);
  });

  test("takes over each trial once, however often it is called", async () => {
    const [path, folder] = [await journal(), newFolder()];
    await said("import", folder, "--optuna", path);
    const { code, out } = await said("import", folder, "--optuna", path, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ study: "digits", imported: 0, leftOut: { length: 6, 0: { what: "trial 0" } } });
    expect(readStudy(folder).trials).toHaveLength(5);
  });

  test("adds the trials to a study that has trials already, and its strategy goes by all of them", async () => {
    const [path, folder] = [await journal(), newFolder()];
    const study = await openStudy(folder, { space, seed: 2, strategy: "tpe" });
    await study.optimize(() => 1, { trials: 5 });
    study.close();
    expect(await said("import", folder, "--optuna", path)).toMatchObject({
      code: 0,
      out: expect.stringContaining("Took over 5 trials") as string,
    });
    expect(readStudy(folder).trials).toHaveLength(10);
    expect((await said("verify", folder)).code).toBe(0);
  });

  test("refuses what is no journal, a study that is not in it, and no journal at all", async () => {
    const path = await journal();
    const text = join(newFolder(), "text");
    writeFileSync(text, "no journal\nat all\n");
    const folder = join(newFolder(), "never");
    for (const [args, found] of [
      [["--optuna", text], 'a file that begins with "no journal"'],
      [["--optuna", path, "--study", "digit"], '"digits"'],
      [[], "no --optuna"],
    ] as const) {
      const { code, err } = await said("import", folder, ...args);
      expect(code).toBe(2);
      expect(err).toContain(found);
    }
    expect(await said("import", folder, "--optuna", join(newFolder(), "no"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("a file that exists") as string,
    });
    expect(await said("import", folder, "--optuna", newFolder())).toMatchObject({
      code: 2,
      err: expect.stringContaining("which is a folder") as string,
    });
    expect(existsSync(folder)).toBe(false);
  });
});

/** What a user sees of `optimize`, and what Ctrl-C does. The last tests run real processes: `npm run build` first. */
import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { fakeStream } from "../../testing/fakeStream.ts";
import { readStudy } from "../log/readStudy.ts";
import type { DurableOptimizeOptions } from "../workers/optimize.ts";
import { attended } from "./attended.ts";
import { liveOutput } from "./liveOutput.ts";

const progress = { trials: 3, finished: 2, running: 1, failed: 0, ended: 2, best: null, elapsedSeconds: 1, secondsLeft: null };

function attendance(details: { readonly isTTY?: boolean } = {}) {
  return { stderr: fakeStream(details), signals: new EventEmitter(), progress: true, interrupts: true };
}

function fakeStudy() {
  const study = { folder: "/study", closed: 0, close: () => study.closed++ };
  return study as typeof study & { close(): void };
}

describe("an attended call", () => {
  test("aborts finishSignal at the first Ctrl-C, and closes the study before it aborts signal at the second", async () => {
    const [study, order] = [fakeStudy(), attendance()];
    const seen: (readonly [boolean, boolean, number])[] = [];
    const call = attended(study, { trials: 3 }, order, async ({ signal, finishSignal }) => {
      const look = (): void => void seen.push([finishSignal!.aborted, signal!.aborted, study.closed]);
      look();
      order.signals.emit("SIGINT");
      look();
      order.signals.emit("SIGINT");
      look();
      throw new Error("the study is closed");
    });
    await expect(call).rejects.toMatchObject({ code: "interrupted", got: "Ctrl-C twice" });
    expect(seen).toEqual([
      [false, false, 0],
      [true, false, 0],
      [true, true, 1],
    ]);
    expect(order.stderr.text()).toMatch(/^The running trials finish first.*\nStopping\..*\n$/);
  });

  test("stops at once at SIGTERM", async () => {
    const order = attendance();
    const call = attended(fakeStudy(), { trials: 3 }, order, async ({ signal }) => {
      order.signals.emit("SIGTERM");
      throw new Error(`aborted ${signal!.aborted}`);
    });
    await expect(call).rejects.toMatchObject({ code: "terminated", got: "the signal SIGTERM" });
  });

  test("listens no more after the second Ctrl-C, so a third one ends the process, and none once it has ended", async () => {
    const order = attendance();
    const count = (): number => order.signals.listenerCount("SIGINT") + order.signals.listenerCount("SIGTERM");
    await attended(fakeStudy(), { trials: 3 }, order, async () => expect(count()).toBe(2));
    expect(count()).toBe(0);
    await attended(fakeStudy(), { trials: 3 }, order, async () => {
      order.signals.emit("SIGINT");
      order.signals.emit("SIGINT");
      expect(count()).toBe(0);
      throw new Error();
    }).catch(() => {});
  });

  test("passes errors, results, options and callbacks on", async () => {
    const calls: unknown[] = [];
    const given: DurableOptimizeOptions = {
      trials: 3,
      workers: 2,
      onProgress: (one) => calls.push(one),
      onOutput: (bytes) => calls.push(bytes),
    };
    const bytes = Buffer.from("x");
    const result = await attended(fakeStudy(), given, attendance(), async ({ trials, workers, onProgress, onOutput }) => {
      onProgress!(progress);
      onOutput!(bytes);
      return [trials, workers];
    });
    expect([result, calls]).toEqual([
      [3, 2],
      [progress, bytes],
    ]);
    await expect(attended(fakeStudy(), {}, attendance(), () => Promise.reject(new Error("own")))).rejects.toThrow("own");
  });

  test("draws its line below what workers print, and takes it off at the end", async () => {
    const order = attendance({ isTTY: true });
    await attended(fakeStudy(), { trials: 4 }, order, async ({ onProgress, onOutput }) => {
      onProgress!(progress);
      onOutput!(Buffer.from("one\ntw"));
      onOutput!(Buffer.from("o\nthree"));
    });
    const clear = "\r\u001b[2K";
    const line = `${"█".repeat(15)}${"░".repeat(15)} 2/4 trials, 1 running`;
    expect(order.stderr.text()).toBe(`${clear}${line}${clear}one\ntwo\nthree\n`);
  });

  test("without progress and interrupts is the call itself", async () => {
    const order = { ...attendance(), progress: false, interrupts: false };
    const given = { trials: 3 };
    expect(await attended(fakeStudy(), given, order, async (options) => options)).toEqual(given);
    expect(order.stderr.text()).toBe("");
  });
});

describe("the output of workers", () => {
  test("is passed on as it comes where there is no terminal", () => {
    const stream = fakeStream();
    const output = liveOutput(stream, () => {});
    output.write(Buffer.from("one\ntw"));
    expect(stream.text()).toBe("one\ntw");
  });

  test("is written in parts if a line does not end", () => {
    const stream = fakeStream({ isTTY: true });
    const output = liveOutput(stream, () => {});
    for (let part = 0; part < 3; part++) output.write(Buffer.alloc(40_000, "x"));
    expect(stream.text().length).toBe(80_000);
    output.flush();
    expect(stream.text()).toBe(`${"x".repeat(120_000)}\n`);
  });
});

describe.skipIf(process.platform === "win32")("a program that optimises a command", () => {
  const folder = mkdtempSync(join(tmpdir(), "caviar-interrupted-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let runs = 0;

  async function run(
    during: (look: {
      readonly at: string;
      readonly interrupt: () => void;
      readonly said: () => string;
      readonly until: (holds: () => boolean) => Promise<void>;
    }) => Promise<void>,
  ) {
    const at = mkdtempSync(join(folder, `${runs++}-`));
    writeFileSync(
      join(at, "program.mjs"),
      `import { existsSync, writeFileSync } from "node:fs";
       const [at, trial] = process.argv.slice(2);
       writeFileSync(at + "/started-" + trial, "");
       while (!existsSync(at + "/go")) await new Promise((resolve) => setTimeout(resolve, 10));
       console.log(JSON.stringify({ value: 1 }));`,
    );
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL("../../testing/interruptedChild.mjs", import.meta.url)), join(at, "study"), at],
      {
        detached: true,
      },
    );
    let [stdout, stderr, ended] = ["", "", false];
    child.stdout.on("data", (text) => {
      stdout += String(text);
    });
    child.stderr.on("data", (text) => {
      stderr += String(text);
    });
    const end = new Promise<void>((resolve) =>
      child.on("close", () => {
        ended = true;
        resolve();
      }),
    );
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) {
        if (ended) throw new Error(`it ended, and said ${stdout} ${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await during({ at, until, said: () => stderr, interrupt: () => void process.kill(-child.pid!, "SIGINT") });
    await end;
    return { stdout, stderr, trials: readStudy(join(at, "study")).trials.map(({ status }) => status) };
  }

  const started = (at: string): number => readdirSync(at).filter((name) => name.startsWith("started-")).length;

  test("gets the best trial after Ctrl-C, once the running trials have ended", async () => {
    const { stdout, stderr, trials } = await run(async ({ at, interrupt, until, said }) => {
      await until(() => started(at) === 2);
      interrupt();
      await until(() => said().includes("Press Ctrl-C again"));
      writeFileSync(join(at, "go"), "");
    });
    expect({ stdout, trials }).toEqual({ stdout: "best 0\n", trials: ["finished", "finished"] });
    expect(stderr).toContain("Press Ctrl-C again");
  });

  test("gets an error after Ctrl-C twice, and keeps the stopped trials", async () => {
    const { stdout, trials } = await run(async ({ at, interrupt, until, said }) => {
      await until(() => started(at) === 2);
      interrupt();
      await until(() => said().includes("Press Ctrl-C again"));
      interrupt();
    });
    expect({ stdout, trials }).toEqual({ stdout: "interrupted\n", trials: ["running", "running"] });
    expect(existsSync(folder)).toBe(true);
  });
});

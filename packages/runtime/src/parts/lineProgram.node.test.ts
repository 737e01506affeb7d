/** Needs the build, as the programs of workers do: run `npm run build` first. */
import { ExternalError } from "@caviar-hpo/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { programEnvironment } from "./environment.ts";
import { type LineProgram, startLineProgram } from "./lineProgram.ts";

/** Answers each line with itself, unless the line says what else to do. */
const script = `require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  if (line === "die") { console.error("out of ideas"); process.exit(3); }
  if (line === "hang") return setInterval(() => {}, 1000);
  if (line === "pid") return console.log(process.pid);
  if (line === "bytes") return process.stdout.write(Buffer.from([0xff, 0xfe, 10]));
  if (line === "flood") return process.stdout.write("x".repeat(3 * 2 ** 20));
  console.log(line.startsWith("$") ? process.env[line.slice(1)] : line + " again");
});`;

let program: LineProgram;

function start(command: readonly string[] = [process.execPath, "-e", script]): LineProgram {
  return startLineProgram({ title: 'strategy "far"', command, cwd: "/", environment: programEnvironment([]) });
}

function faultOf(call: () => unknown): Pick<ExternalError, "code" | "got"> {
  try {
    call();
  } catch (error) {
    if (error instanceof ExternalError) return { code: error.code, got: error.got };
    throw error;
  }
  throw new Error("nothing was thrown");
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

beforeEach(() => {
  program = start();
});
afterEach(() => program.close());

test("each line is answered by the next line that the program prints, and nothing of it runs once it is closed", () => {
  expect(["a", "b", "é"].map((line) => program.ask(line, 60))).toEqual(["a again", "b again", "é again"]);
  const pid = Number(program.ask("pid", 60));
  expect(isRunning(pid)).toBe(true);
  program.close();
  expect(isRunning(pid)).toBe(false);
  expect(faultOf(() => program.ask("a", 60)).code).toBe("exited");
});

test("a program that ends is an error with its last words", () => {
  expect(faultOf(() => program.ask("die", 60))).toEqual({
    code: "exited",
    got: "its exit with code 3, after it had printed: out of ideas",
  });
});

test("a program that does not answer in time is ended", () => {
  const pid = Number(program.ask("pid", 60));
  expect(faultOf(() => program.ask("hang", 0.05)).code).toBe("timeout");
  expect(isRunning(pid)).toBe(false);
});

test.each([["bytes"], ["flood"]])("what is no line of text is an error: %s", (line) => {
  expect(faultOf(() => program.ask(line, 60)).code).toBe("noMessage");
});

test("a program that cannot be started says so at the first question", () => {
  expect(faultOf(() => start(["/no/such/program"]).ask("a", 60))).toEqual({ code: "exited", got: "spawn /no/such/program ENOENT" });
});

test("a program gets no other variables than the usual ones, those that it is to inherit, and one thread", () => {
  process.env.CAVIAR_TEST_SECRET = "secret";
  try {
    expect(program.ask("$CAVIAR_TEST_SECRET", 60)).toBe("undefined");
    expect(programEnvironment([])).not.toHaveProperty("CAVIAR_TEST_SECRET");
    expect(programEnvironment(["CAVIAR_TEST_SECRET"])).toMatchObject({ CAVIAR_TEST_SECRET: "secret", OMP_NUM_THREADS: "1" });
    expect(program.ask("$OMP_NUM_THREADS", 60)).toBe("1");
  } finally {
    delete process.env.CAVIAR_TEST_SECRET;
  }
});

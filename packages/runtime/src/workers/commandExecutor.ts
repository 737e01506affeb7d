/**
 * Jobs as commands: programs in any language, one process for each job. A command gets its configuration in its arguments, in a JSON file
 * or in the environment, and prints its result as a line of JSON (`reports.ts`). It runs without a shell, in a process group of its own.
 *
 * | environment variable | value |
 * |---|---|
 * | `CAVIAR_CONFIG` | the configuration as JSON, if it has at most 100,000 characters |
 * | `CAVIAR_TRIAL`, `CAVIAR_UNTIL`, `CAVIAR_FROM` | the trial, the fidelity to train up to, and the one to continue from (0 to start) |
 * | `CAVIAR_SLOT_<NAME>`, `CUDA_VISIBLE_DEVICES` | the slots of the job |
 *
 * A result counts if the command then exits with code 0. Another code fails the trial. A command that a signal ends is lost, and runs
 * again.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { CaviarError, type Config, ExternalError, LimitError } from "@caviar-hpo/core";
import { counted, cut } from "@caviar-hpo/core/text";
import { linesOf } from "../rpc/lines.ts";
import { argumentsOf, type CommandLine, type Fact } from "./commandLine.ts";
import type { AttemptOutcome, Executor, JobListener, LeasedJob } from "./executor.ts";
import { packFolder, unpackFolder } from "./folderBytes.ts";
import { type Guard, startGuard } from "./guard.ts";
import { jobFolders } from "./jobFolders.ts";
import { limits } from "./limits.ts";
import { type OnOutput, passOn, type Tail, tail } from "./output.ts";
import { type ProcessEnd, type ProcessGroup, startGroup } from "./processGroup.ts";
import { type CommandReport, mustReport, reportIn } from "./reports.ts";
import type { WorkerSeat, WorkerSeats } from "./seats.ts";

export type CommandSettings = {
  readonly line: CommandLine;
  readonly seats: WorkerSeats;
  readonly cwd: string | undefined;
  /** The file descriptor of its reports. Standard output, 1, may have other lines too. */
  readonly reports: number;
  /** The names of the environment variables that it inherits; true for all of them. */
  readonly inherit: true | readonly string[];
  readonly killAfterSeconds: number;
  readonly onOutput: OnOutput;
};

export function commandExecutor(settings: CommandSettings): Executor {
  const guard = startGuard();
  const folders = jobFolders();
  const running = new Map<ProcessGroup, Promise<AttemptOutcome>>();
  let closed = false;
  const run = async (seat: WorkerSeat, job: LeasedJob, listener: JobListener): Promise<AttemptOutcome> => {
    if (closed || listener.signal.aborted) return { kind: "failed", thrown: stopped(settings) };
    const folder = needsFolder(settings.line) ? folders.make() : null;
    try {
      const group = start(settings, guard, seat, job, folder);
      const outcome = converse(settings, group, job, listener, folder);
      running.set(group, outcome);
      listener.started(`command ${seat.index} (process ${group.child.pid ?? "none"})`);
      return await outcome.finally(() => running.delete(group));
    } catch (thrown) {
      return { kind: "failed", thrown };
    } finally {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    }
  };
  return {
    leaseSeconds: null,
    run: async (job, listener) => {
      const seat = await settings.seats.take();
      try {
        return await run(seat, job, listener);
      } finally {
        settings.seats.free(seat);
      }
    },
    close: async () => {
      closed = true;
      for (const group of running.keys()) group.stop(settings.killAfterSeconds);
      await Promise.all(running.values());
      guard.close();
      folders.close();
    },
  };
}

function needsFolder({ uses }: CommandLine): boolean {
  return uses.has("checkpoint") || uses.has("config");
}

function start(
  { line, cwd, reports, inherit }: CommandSettings,
  guard: Guard,
  seat: WorkerSeat,
  job: LeasedJob,
  folder: string | null,
): ProcessGroup {
  const facts = factsOf(job, folder);
  if (folder !== null) prepare(line, folder, job);
  const config = Object.entries(job.config).map(([name, value]) => [name, String(value)] as const);
  const env = { ...inherited(inherit), ...seat.environment, ...variablesOf(job, facts) };
  const stdio = ["ignore", "pipe", "pipe", ...Array.from({ length: reports - 2 }, () => "ignore" as const)] as ("ignore" | "pipe")[];
  stdio[reports] = "pipe";
  return startGroup(line.program, argumentsOf(line, new Map([...Object.entries(facts), ...config])), { cwd, env, stdio }, guard);
}

function factsOf(job: LeasedJob, folder: string | null): { readonly [F in Fact]?: string } {
  return {
    trial: String(job.trial),
    until: String(job.until),
    from: String(job.checkpoint === null ? 0 : (job.from?.fidelity ?? 0)),
    ...(folder === null ? {} : { checkpoint: join(folder, "checkpoint"), config: join(folder, "config.json") }),
  };
}

function prepare({ uses }: CommandLine, folder: string, { checkpoint, config }: LeasedJob): void {
  if (uses.has("config")) writeFileSync(join(folder, "config.json"), jsonOf(config));
  if (!uses.has("checkpoint")) return;
  mkdirSync(join(folder, "checkpoint"));
  if (checkpoint !== null) unpackFolder(checkpoint, join(folder, "checkpoint"));
}

function jsonOf(config: Config): string {
  return JSON.stringify(config);
}

/** The system refuses to start a process with longer variables. */
const longestVariable = 100_000;

function variablesOf(job: LeasedJob, facts: { readonly [F in Fact]?: string }): { readonly [name: string]: string } {
  const config = jsonOf(job.config);
  return {
    CAVIAR_TRIAL: facts.trial!,
    CAVIAR_UNTIL: facts.until!,
    CAVIAR_FROM: facts.from!,
    ...(config.length <= longestVariable ? { CAVIAR_CONFIG: config } : {}),
  };
}

function inherited(inherit: true | readonly string[]): NodeJS.ProcessEnv {
  if (inherit === true) return process.env;
  return Object.fromEntries(inherit.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** What a command has said so far. */
type Said = { result: CommandReport | null; fault: unknown; reports: number; skipped: number };

/** Listens to a command until it has ended. */
async function converse(
  settings: CommandSettings,
  group: ProcessGroup,
  job: LeasedJob,
  listener: JobListener,
  folder: string | null,
): Promise<AttemptOutcome> {
  const stop = (): void => group.stop(settings.killAfterSeconds);
  listener.signal.addEventListener("abort", stop);
  const last = tail();
  const said: Said = { result: null, fault: null, reports: 0, skipped: 0 };
  const hear = (report: CommandReport): void => {
    said.reports++;
    if (said.reports > limits.messages) throw tooManyReports();
    if (!heard(said, report, job, listener)) stop();
  };
  const { stdout, stderr, stdio } = group.child;
  const read = [passOn(stderr!, last, settings.onOutput)];
  if (settings.reports === 1) read.push(readMixed(stdout!, said, hear, last, settings.onOutput));
  else {
    read.push(passOn(stdout!, last, settings.onOutput));
    read.push(readReports(stdio[settings.reports] as Readable, hear));
  }
  const failing = read.map((reading) =>
    reading.catch((thrown: unknown) => {
      said.fault ??= thrown;
      stop();
    }),
  );
  const end = await group.ended;
  await Promise.all(failing);
  listener.signal.removeEventListener("abort", stop);
  const outcome = outcomeOf(settings.line.program, said, end, last);
  if (outcome.kind === "finished" && folder !== null && settings.line.uses.has("checkpoint")) {
    const packed = packFolder(join(folder, "checkpoint"));
    if (packed !== null) listener.save(packed, job.until);
  }
  return outcome;
}

/** False if the command can stop. The first result counts. */
function heard(said: Said, report: CommandReport, { until }: LeasedJob, listener: JobListener): boolean {
  if (report.kind === "measured" && report.fidelity !== null && report.fidelity !== until)
    return listener.measure(report.result, report.fidelity);
  said.result ??= report;
  return true;
}

/** Reports and other lines. */
async function readMixed(
  stream: Readable,
  said: Said,
  hear: (report: CommandReport) => void,
  last: Tail,
  onOutput: OnOutput,
): Promise<void> {
  for await (const line of linesIn(stream)) {
    if (line instanceof CaviarError) {
      said.skipped++;
      continue;
    }
    const report = reportIn(line);
    if (report !== null) {
      hear(report);
      continue;
    }
    const bytes = Buffer.from(`${line}\n`);
    last.add(bytes);
    await onOutput(bytes);
  }
}

async function readReports(stream: Readable, hear: (report: CommandReport) => void): Promise<void> {
  for await (const line of linesIn(stream)) {
    if (line instanceof CaviarError) throw line;
    if (line.trim() !== "") hear(mustReport(line));
  }
}

/** The lines of a stream until it ends or is closed. */
async function* linesIn(stream: Readable): AsyncGenerator<string | CaviarError> {
  try {
    yield* linesOf(stream, limits.lineUnits);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}

function outcomeOf(program: string, { result, fault, skipped }: Said, end: ProcessEnd, last: Tail): AttemptOutcome {
  if (fault !== null) return { kind: "failed", thrown: fault };
  if (result?.kind === "preempted") return { kind: "preempted" };
  if (result?.kind === "failed") return { kind: "failed", thrown: new Error(result.error) };
  if (end.error !== null) return { kind: "failed", thrown: notStarted(program, end.error) };
  const words = last.words();
  if (end.signal !== null) return { kind: "lost", error: ended("lost", program, `its end by ${end.signal}${words}`) };
  if (end.code !== 0) return { kind: "failed", thrown: ended("exited", program, `exit code ${end.code}${words}`) };
  if (result === null) {
    const lines = skipped === 0 ? "" : `, with ${counted(skipped, "line")} of no UTF-8 text or of more than 1 MiB`;
    return { kind: "failed", thrown: ended("noResult", program, `exit code 0 without a result${lines}${words}`) };
  }
  return { kind: "finished", result: result.kind === "infeasible" ? { infeasible: true } : result.result };
}

function ended(code: string, program: string, got: string): ExternalError {
  return new ExternalError({
    code,
    what: `command ${cut(program, 60)}`,
    expected: "a result and exit code 0",
    got,
    remedy: code === "exited" ? "Correct the program." : 'Print the result as a line such as {"value": 0.5}.',
  });
}

function notStarted(program: string, { message }: Error): ExternalError {
  return new ExternalError({
    code: "notStarted",
    what: `command ${cut(program, 60)}`,
    expected: "a program that can be started",
    got: message,
    remedy: "Give the name or the path of a program. It runs without a shell.",
  });
}

function stopped({ line }: CommandSettings): ExternalError {
  return ended("stopped", line.program, "a stop before it was started");
}

function tooManyReports(): LimitError {
  return new LimitError({
    code: "tooMany",
    what: "reports of the command",
    expected: `at most ${limits.messages} for one job`,
    got: "more",
    remedy: "Report once for each milestone.",
  });
}

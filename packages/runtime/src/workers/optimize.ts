/** `optimize` of a study whose objective runs in this process, in workers, or as a command. */
import { type Config, ConfigError, type JobId } from "@caviar-hpo/core";
import {
  anything,
  array,
  below,
  between,
  configRoot,
  type Decoder,
  func,
  named,
  object,
  oneOf,
  optionReader,
  optionsRoot,
  reject,
  string,
  whole,
} from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import type { Assignment, Best, ObjectiveFunction, OptimizeOptions, Result, Study } from "@caviar-hpo/tune";
import { systemClock } from "../systemClock.ts";
import { type LateResult, objectiveOn } from "./attempts.ts";
import { commandExecutor } from "./commandExecutor.ts";
import { readCommandLine } from "./commandLine.ts";
import { checkProgram } from "./commandProgram.ts";
import type { Executor } from "./executor.ts";
import { startGuard } from "./guard.ts";
import { openNodeExecutor } from "./nodeExecutor.ts";
import { type OnOutput, toStandardError } from "./output.ts";
import { startGroup } from "./processGroup.ts";
import { processLinks } from "./processLink.ts";
import { programFile } from "./programs.ts";
import { seatsOf, type WorkerSeats, type WorkerSlots } from "./seats.ts";
import { threadLinks } from "./threadLink.ts";

/** An objective that is a program in any language. `docs/workers.md` says what it gets, and what it prints. */
export type Command = {
  /**
   * The program and its arguments, which no shell reads. `{name}` in an argument stands for the value of a parameter, and `{trial}`,
   * `{until}`, `{from}`, `{checkpoint}` and `{config}` for facts about the job.
   */
  readonly command: readonly string[];
  /** The folder in which it runs; that of this process by default. */
  readonly cwd?: string;
  /**
   * The file descriptor on which it reports: 3 to 9 for one that has nothing but reports, or 1, standard output, where other lines are
   * allowed. 1 by default.
   */
  readonly reports?: number;
  /** The names of the environment variables that it inherits. By default it inherits all of them. */
  readonly inherit?: readonly string[];
};

/** What runs the jobs of a study. Threads and processes are for a `URL`. */
export type WorkerOptions = {
  /** Where a module runs: in threads, or in processes of their own. "thread" by default. */
  readonly executor?: "thread" | "process";
  /**
   * What running jobs must not share, by name: with `{ gpu: 4 }` and two workers, one gets the GPUs 0 and 1, and the other 2 and 3. A
   * worker finds its own in `CAVIAR_SLOT_GPU`, and those of `gpu` in `CUDA_VISIBLE_DEVICES` too. At least one for each worker; none by
   * default.
   */
  readonly slots?: WorkerSlots;
  /** How often a job runs again whose worker was lost: killed, for instance. At least 0; 2 by default. */
  readonly retries?: number;
  /** How long a worker has to stop once its job is no longer wanted. Then it is ended by force. At least 0; 5 by default. */
  readonly killAfterSeconds?: number;
  /** Gets what workers print. By default it goes to standard error. If it returns a promise, the worker waits for it. */
  readonly onOutput?: OnOutput;
};

/** The options of `optimize` of a durable study. `timeoutSeconds` ends workers for good, also when they block their thread. */
export type DurableOptimizeOptions<C = unknown> = OptimizeOptions<C> &
  WorkerOptions & {
    /**
     * Whether standard error shows the progress: in one line on a terminal, and elsewhere in a line at every tenth of the trials and at
     * every new best value. By default it does if it is a terminal and the objective is not a function.
     */
    readonly progress?: boolean;
  };

/** What a study optimises: a function, the URL of a module whose default export is one, a command, or an executor. */
export type WorkerObjective<C, M = Uint8Array> = ObjectiveFunction<C, M> | URL | Command | Executor;

/** Called when a worker takes a job: for the first time with attempt 1. */
export type OnAssigned = (job: JobId, worker: string, attempt: number) => void;

/**
 * Optimises a study as its own `optimize` does, with workers if the objective is not a function.
 *
 * @throws ConfigError for an option that makes no sense here; what `optimize` of the study throws.
 */
export async function optimizeWith<C, M>(
  study: Study<C, M>,
  objective: WorkerObjective<C, M>,
  given: DurableOptimizeOptions,
  onAssigned: OnAssigned = () => {},
): Promise<Best<C>> {
  const { workerOptions, options } = split(given);
  if (typeof objective === "function") {
    refuseWorkerOptions(workerOptions);
    return study.optimize(objective, options.timeoutSeconds === undefined ? options : { clock: systemClock, ...options });
  }
  const { timeoutSeconds, ...rest } = options;
  const executor = await executorOf(study, objective, readWorkers(rest.workers ?? 1, workersPath), workerOptions);
  const evaluate = objectiveOn({
    executor,
    clock: options.clock ?? systemClock,
    retries: workerOptions.retries ?? 2,
    timeoutSeconds: timeoutSeconds === undefined ? undefined : readSeconds(timeoutSeconds, timeoutPath),
    jobOf: (trial) => study.core.history.running.find((job) => job.trial === trial)!.id,
    onAssigned,
    onLate: (assignment, result) => observeLate(study, assignment, result),
  });
  try {
    return await study.optimize(evaluate as ObjectiveFunction<unknown, unknown> as ObjectiveFunction<C, M>, rest);
  } finally {
    await executor.close();
  }
}

/** A result that comes while another worker has the job is a result all the same. */
function observeLate<C, M>(study: Study<C, M>, { config, until }: Assignment<Config, Uint8Array>, result: LateResult): void {
  if (study.core.closed) return;
  const isInfeasible = typeof result === "object" && "infeasible" in result && result.infeasible;
  if (isInfeasible) study.observe(config as C, { status: "failed", reason: "infeasible" });
  else study.observe(config as C, result as Result, until);
}

const root = optionsRoot("optimize");
const readWorkers = whole(1, 4096);
const workersPath = below(root, "workers");
const readSeconds: Decoder<number> = (value, path) =>
  value === 0 ? reject(path, "a number above 0", value) : between(0, 1e9)(value, path);
const timeoutPath = below(root, "timeoutSeconds");
const readWorkerOptions = optionReader<WorkerOptions>("optimize", {
  executor: oneOf("thread", "process"),
  slots: named(whole(1, 65_536), 64),
  retries: whole(0, 1000),
  killAfterSeconds: between(0, 1e6),
  onOutput: func,
});
/** Standard error is for people. */
const reportsOn: Decoder<number> = (value, path) =>
  [1, 3, 4, 5, 6, 7, 8, 9].includes(value as number) ? (value as number) : reject(path, "1, or 3 to 9", value);
const readCommand = object({ command: array(string, 65_536, 1) }, { cwd: string, reports: reportsOn, inherit: array(string, 65_536) });
const members = named(anything, Number.MAX_SAFE_INTEGER);

/** The options of the workers, and those of the study. */
function split(given: DurableOptimizeOptions): { readonly workerOptions: WorkerOptions; readonly options: OptimizeOptions } {
  const { executor, slots, retries, killAfterSeconds, onOutput, ...options } = members(given, root) as DurableOptimizeOptions;
  return { workerOptions: readWorkerOptions({ executor, slots, retries, killAfterSeconds, onOutput } as WorkerOptions), options };
}

function refuseWorkerOptions(options: WorkerOptions): void {
  const [name] = Object.keys(options);
  if (name === undefined) return;
  throw new ConfigError({
    code: "badOption",
    what: `option ${name} of optimize`,
    expected: "an objective that can run in a worker",
    got: "a function, which stays in this process",
    remedy: "Move the function to a module of its own, and pass the URL of the module.",
  });
}

async function executorOf<C, M>(
  study: Study<C, M>,
  objective: URL | Command | Executor,
  workers: number,
  options: WorkerOptions,
): Promise<Executor> {
  const { slots, killAfterSeconds = 5, onOutput = toStandardError } = options;
  const seats = seatsOf(workers, slots);
  if (objective instanceof URL) return moduleExecutor(objective.href, options, { seats, killAfterSeconds, onOutput });
  if (typeof objective !== "object" || objective === null) return refuseObjective(objective);
  // Its owner closes it.
  if ("run" in objective) return { ...objective, close: async () => {} };
  const { command, cwd, reports = 1, inherit } = readCommand(objective, configRoot("objective of optimize", "badObjective"));
  const line = readCommandLine(
    command,
    study.core.problem.space.params.map(([name]) => name),
  );
  const inheritsPath = inherit === undefined || inherit.includes("PATH");
  checkProgram(line.program, cwd ?? process.cwd(), inheritsPath ? process.env.PATH : undefined);
  return commandExecutor({ line, seats, cwd, reports, inherit: inherit ?? true, killAfterSeconds, onOutput });
}

/** A process that has not been heard for so long is lost. */
const leaseSeconds = 60;

function moduleExecutor(
  objective: string,
  { executor = "thread" }: WorkerOptions,
  { seats, killAfterSeconds, onOutput }: { readonly seats: WorkerSeats; readonly killAfterSeconds: number; readonly onOutput: OnOutput },
): Promise<Executor> {
  const program = programFile(executor);
  if (executor === "thread") {
    const openLink = threadLinks(program, objective, onOutput);
    return openNodeExecutor({ seats, openLink, objective, leaseSeconds: null, killAfterSeconds, onClosed: () => {} });
  }
  const guard = startGuard();
  const openLink = processLinks({ program, objective, leaseSeconds, guard, onOutput, start: startGroup });
  return openNodeExecutor({ seats, openLink, objective, leaseSeconds, killAfterSeconds, onClosed: guard.close });
}

function refuseObjective(objective: unknown): never {
  throw new ConfigError({
    code: "badObjective",
    what: "objective of optimize",
    expected: "a function, the URL of a module, { command: [program, …] }, or an executor",
    got: show(objective),
    remedy: 'Pass new URL("./train.js", import.meta.url) for a module next to this one.',
  });
}

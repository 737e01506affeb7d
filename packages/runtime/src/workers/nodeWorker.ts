/** A worker in Node: what the study says to it, and what its answers mean. It is a thread or a process. */
import { CaviarError, ConfigError, ExternalError, type Json, LimitError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import type { Result } from "@caviar-hpo/tune";
import type { AttemptOutcome, JobListener, LeasedJob } from "./executor.ts";
import { limits } from "./limits.ts";
import type { Link, LinkEnd, OpenLink } from "./link.ts";
import { type FromWorker, protocolVersion, readFromWorker, type ToWorker, type Unusable } from "./messages.ts";

export type NodeWorker = {
  /** Resolves once it can take jobs. Rejects with ConfigError for a module that is no objective, and with ExternalError. */
  readonly ready: Promise<void>;
  /** False once it has ended or was killed. */
  isUsable(): boolean;
  run(job: LeasedJob, listener: JobListener): Promise<AttemptOutcome>;
  /** Ends it, politely if it is idle. */
  close(): Promise<void>;
};

/** So many tokens of earlier attempts are known. */
const mostPast = 100;
/** A module may take so long to load. */
const startMs = 120_000;

/** An attempt at work. */
type Current = {
  readonly token: string;
  readonly listener: JobListener;
  readonly settle: (outcome: AttemptOutcome) => void;
  messages: number;
};

type WorkerState = {
  readonly objective: string;
  readonly killAfterSeconds: number;
  readonly link: Link;
  readonly settleReady: (error: CaviarError | null) => void;
  current: Current | null;
  /** Tokens of the last attempts that have ended here. What still comes of them is too late. */
  readonly past: Set<string>;
  /** The error that ends it. */
  uncaught: string | null;
  /** What it did wrong. It is then killed. */
  fault: CaviarError | null;
  over: boolean;
};

export function startNodeWorker(
  openLink: OpenLink,
  environment: { readonly [name: string]: string },
  objective: string,
  killAfterSeconds: number,
): NodeWorker {
  const { promise: ready, settle: settleReady } = readiness();
  const link = openLink(environment, {
    onMessage: (text, bytes) => hear(state, text, bytes),
    onBeat: () => state.current?.listener.renew(),
    onFault: (error) => blame(state, error),
  });
  const state: WorkerState = {
    objective,
    killAfterSeconds,
    link,
    settleReady,
    current: null,
    past: new Set(),
    uncaught: null,
    fault: null,
    over: false,
  };
  const tooLate = setTimeout(() => blame(state, notReady(link.name)), startMs);
  ready.then(
    () => clearTimeout(tooLate),
    () => clearTimeout(tooLate),
  );
  void link.ended.then((end) => {
    state.over = true;
    settleReady(state.fault ?? endError(link.name, end));
    conclude(state, outcomeOf(state, end));
  });
  return {
    ready,
    isUsable: () => !state.over && state.fault === null,
    run: (job, listener) => run(state, job, listener),
    close: () => close(state),
  };
}

function readiness(): { readonly promise: Promise<void>; readonly settle: (error: CaviarError | null) => void } {
  let settle: (error: CaviarError | null) => void = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === null ? resolve() : reject(error));
  });
  return { promise, settle };
}

function say({ link }: WorkerState, message: ToWorker, checkpoint: Uint8Array | null = null): void {
  link.send(stringifyWire(message as Json), checkpoint);
}

function run(state: WorkerState, { lease: { token }, checkpoint, ...job }: LeasedJob, listener: JobListener): Promise<AttemptOutcome> {
  return new Promise((resolve) => {
    let killing: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      say(state, { kind: "cancel", token });
      killing = setTimeout(() => state.link.kill(), state.killAfterSeconds * 1000);
    };
    const settle = (outcome: AttemptOutcome): void => {
      clearTimeout(killing);
      listener.signal.removeEventListener("abort", cancel);
      resolve(outcome);
    };
    state.current = { token, listener, settle, messages: 0 };
    if (state.over) conclude(state, { kind: "lost", error: gone(state.link.name) });
    else {
      listener.signal.addEventListener("abort", cancel);
      say(state, { kind: "run", token, job, hasCheckpoint: checkpoint !== null }, checkpoint);
      listener.started(state.link.name);
    }
  });
}

function conclude(state: WorkerState, outcome: AttemptOutcome): void {
  const { current } = state;
  if (current === null) return;
  state.current = null;
  state.past.add(current.token);
  if (state.past.size > mostPast) state.past.delete(state.past.values().next().value!);
  current.settle(outcome);
}

async function close({ link, current, killAfterSeconds }: WorkerState): Promise<void> {
  // A worker that is at work was told before that its job is not wanted.
  if (current === null) link.close();
  const killing = setTimeout(() => link.kill(), killAfterSeconds * 1000);
  await link.ended;
  clearTimeout(killing);
}

function hear(state: WorkerState, text: string, bytes: Uint8Array | null): void {
  if (state.fault !== null) return;
  try {
    obey(state, readFromWorker(parseWire(text), "message"), bytes);
  } catch (error) {
    if (!(error instanceof CaviarError)) throw error;
    blame(state, noMessage(state.link.name, text, error));
  }
}

function obey(state: WorkerState, message: FromWorker, bytes: Uint8Array | null): void {
  const { link, current, past } = state;
  if (message.kind === "ready") {
    if (message.protocol === protocolVersion) state.settleReady(null);
    else blame(state, otherProtocol(link.name, message.protocol));
  } else if (message.kind === "uncaught") state.uncaught = message.error;
  else if (message.kind === "unusable") blame(state, unusable(state.objective, message.why, message.error));
  else if (current?.token === message.token) obeyCurrent(state, current, message, bytes);
  else if (!past.has(message.token)) blame(state, wrongJob(link.name, message.token));
}

function obeyCurrent(
  state: WorkerState,
  current: Current,
  message: Extract<FromWorker, { readonly token: string }>,
  bytes: Uint8Array | null,
): void {
  const { listener } = current;
  current.messages++;
  if (current.messages > limits.messages) blame(state, tooManyMessages(state.link.name));
  else if (message.kind === "measured") {
    say(state, { kind: "answer", wanted: listener.measure(message.result as Result, message.fidelity as number) });
  } else if (message.kind === "saved") save(state, bytes ?? savedBytes(state, message.file), message.fidelity as number);
  else if (message.kind === "finished") conclude(state, { kind: "finished", result: message.result as Result });
  else conclude(state, failure(state, message));
}

function save(state: WorkerState, bytes: Uint8Array | null, fidelity: number): void {
  if (bytes === null) blame(state, noCheckpoint(state.link.name));
  else state.current!.listener.save(bytes, fidelity);
}

function savedBytes({ link }: WorkerState, file: number | null): Uint8Array | null {
  try {
    return file === null ? null : link.take(file);
  } catch {
    return null;
  }
}

function failure({ link }: WorkerState, { reason, error }: Extract<FromWorker, { readonly kind: "failed" }>): AttemptOutcome {
  if (reason === "preempted") return { kind: "preempted" };
  if (reason === "failed") return { kind: "failed", thrown: new Error(error) };
  return { kind: "lost", error: endError(link.name, { kind: "lost", how: error }) };
}

/** The worker does what it should not: only its own job fails, and another worker takes its place. */
function blame(state: WorkerState, error: CaviarError): void {
  if (state.fault !== null) return;
  state.fault = error;
  state.settleReady(error);
  state.link.kill();
}

/**
 * The outcome of a job whose worker has ended. If the worker had earlier jobs, one of these may be to blame: a timer that it left behind,
 * for instance. So the job is only lost then, and shows in a worker of its own what it does.
 */
function outcomeOf({ fault, link, uncaught, past }: WorkerState, end: LinkEnd): AttemptOutcome {
  const { kind, how } = uncaught === null ? end : { kind: "exited" as const, how: `an uncaught error: ${uncaught}` };
  const error = fault ?? endError(link.name, { kind, how });
  return past.size > 0 || (fault === null && kind === "lost") ? { kind: "lost", error } : { kind: "failed", thrown: error };
}

function endError(name: string, { kind, how }: LinkEnd): ExternalError {
  return new ExternalError({
    code: kind,
    what: name,
    expected: "an answer",
    got: how,
    remedy: kind === "lost" ? "If memory was short, use fewer workers." : "Let the objective return or throw, and never end its process.",
  });
}

function gone(name: string): ExternalError {
  return endError(name, { kind: "lost", how: "its end" });
}

function notReady(name: string): ExternalError {
  return new ExternalError({
    code: "notReady",
    what: name,
    expected: `the module of the objective to load within ${startMs / 1000} seconds`,
    got: "nothing",
    remedy: "Do the long work in the function, not while the module loads.",
  });
}

function noMessage(name: string, text: string, { message }: CaviarError): ExternalError {
  return new ExternalError({
    code: "noMessage",
    what: name,
    expected: "messages",
    got: `${show(text)} (${message})`,
    remedy: "The objective must not write to the file descriptors 3 and 4.",
  });
}

function noCheckpoint(name: string): ExternalError {
  return new ExternalError({
    code: "noCheckpoint",
    what: name,
    expected: "a checkpoint with the message that it was saved",
    got: "none",
    remedy: "Check whether the disk is full.",
  });
}

function otherProtocol(name: string, got: unknown): ExternalError {
  return new ExternalError({
    code: "otherProtocol",
    what: name,
    expected: `version ${protocolVersion} of the conversation`,
    got: show(got),
    remedy: "Install one version of @caviar-hpo/runtime.",
  });
}

function wrongJob(name: string, token: string): ExternalError {
  return new ExternalError({
    code: "wrongJob",
    what: name,
    expected: "messages about its own job",
    got: `one with the token ${show(token)}`,
    remedy: "The objective must not write to the file descriptors 3 and 4.",
  });
}

function tooManyMessages(name: string): LimitError {
  return new LimitError({
    code: "tooMany",
    what: `messages of ${name}`,
    expected: `at most ${limits.messages} for one job`,
    got: "more",
    remedy: "Measure once for each milestone.",
  });
}

const whatToDo: { readonly [W in Unusable]: readonly [expected: string, remedy: string] } = {
  typescript: [
    "a module that this version of Node can run",
    "Compile it to JavaScript and pass the URL of the result, or use Node 22.18 or newer, which runs TypeScript.",
  ],
  noFunction: ["a module whose default export is a function", "Write: export default async function ({ config }) { … }"],
  notLoaded: ["a module that can be loaded", "Correct the module, or its URL."],
};

function unusable(objective: string, why: Unusable, error: string): ConfigError {
  const [expected, remedy] = whatToDo[why];
  return new ConfigError({ code: "badObjective", what: `objective ${objective}`, expected, got: error, remedy });
}

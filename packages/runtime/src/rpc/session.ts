/**
 * One conversation of `caviar serve`: JSON-RPC 2.0 (jsonrpc.org/specification), one message a line, over one study. A line goes in, an
 * answer comes out; nothing here knows where lines come from. A request that is refused changes nothing. Values on the wire are in
 * the user's orientation; inside, less is better.
 */
import {
  bestTrials,
  CaviarError,
  type Event,
  type Heard,
  type Job,
  type JobId,
  JournalError,
  type Json,
  type OptionSpecs,
  openStudy,
  type Problem,
  ProtocolError,
  replay,
  StateError,
  type Strategy,
  type Study,
  sameJson,
  show,
  type Told,
} from "@caviar/core";
import {
  array,
  below,
  boolean,
  configDecoder,
  type Decoded,
  type Decoder,
  decodeFailureReason,
  decodeJobId,
  decodeProblem,
  encodeProblem,
  eventDecoder,
  json,
  number,
  object,
  oneOf,
  type Path,
  parseWire,
  reject,
  string,
  stringifyWire,
  whole,
} from "@caviar/core/wire";

/** The strategies a session can open. */
export type Registry = {
  readonly strategies: readonly { readonly name: string; readonly doc: string; readonly options: OptionSpecs }[];
  /** @throws ConfigError for an unknown name or a bad option. */
  create(name: string, options: { readonly [name: string]: string | number | boolean }): Strategy;
};

export type Session = {
  /** The answer to one line; null for notifications, which get none. */
  answer(line: string): string | null;
  /** True once `close` was asked. */
  readonly closed: boolean;
};

/** Codes of the specification; every error that Caviar itself raises carries `data` {code, expected, got, remedy}. */
const rpcCode = {
  parse: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  invalidParams: -32602,
  internal: -32603,
  refused: -32000,
} as const;

type Open = { readonly study: Study; readonly events: Event[]; readonly strategy: StrategyWire; readonly signs: readonly number[] };
type StrategyWire = { readonly name: string; readonly options: { readonly [name: string]: string | number | boolean } };
type Method = (params: Json) => Json;

export function createSession(registry: Registry): Session {
  let open: Open | null = null;
  let closed = false;

  const current = (): Open => {
    if (open !== null) return open;
    throw new StateError({
      code: "notOpen",
      what: "session",
      expected: "an open study",
      got: "none",
      remedy: "Call open, or restore, first.",
    });
  };

  const begin = (problem: Problem, strategy: StrategyWire, seed: string | number, log: readonly Event[] | null): Open => {
    if (open !== null)
      throw new StateError({
        code: "alreadyOpen",
        what: "session",
        expected: "no open study",
        got: "one",
        remedy: "Start another process for another study.",
      });
    const events: Event[] = log === null ? [] : [...log];
    const definition = { problem, strategy: registry.create(strategy.name, strategy.options), seed };
    const keep = (event: Event): void => {
      events.push(event);
    };
    const study = log === null ? openStudy(definition, keep) : replay(definition, log, keep);
    return { study, events, strategy, signs: problem.objectives.map((objective) => (objective.goal === "maximize" ? -1 : 1)) };
  };

  const about = (one: Open): Json => {
    const strategy = registry.create(one.strategy.name, one.strategy.options);
    return { name: strategy.name, version: strategy.version, can: { ...strategy.can } };
  };

  const methods: { readonly [name: string]: Method } = {
    open: (params) => {
      const { problem, strategy, seed } = decodeOpen(params, "params");
      open = begin(problem, { options: {}, ...strategy }, seed, null);
      return about(open);
    },
    strategies: (params) => {
      nothing(params, "params");
      return registry.strategies.map(({ name, doc, options }) => ({
        name,
        doc,
        options: Object.entries(options).map(([option, spec]) => ({ name: option, ...spec })),
      }));
    },
    ask: (params) => {
      const one = current();
      const { want } = object({}, { want: whole(0, Number.MAX_SAFE_INTEGER) })(params, "params");
      const { jobs, directives, then } = one.study.ask(want ?? 1);
      return { jobs: jobs.map((job) => jobToWire(one, job)), directives, then };
    },
    tell: (params) => {
      const one = current();
      const { job, last, ...wire } = tellParams(params, "params");
      const running = runningJob(one, job);
      const told = toldFromWire(one, wire);
      const ends = (told.fidelity ?? running.until) >= running.until;
      if (last !== undefined && last !== ends)
        reject(
          below("params", "last"),
          `${ends} at fidelity ${told.fidelity ?? running.until} of a job until ${running.until}`,
          last,
          "Leave it out, or correct the fidelity.",
        );
      return heardToWire(one.study.tell(job, told));
    },
    fail: (params) => {
      const one = current();
      const { job, reason, ...details } = failParams(params, "params");
      runningJob(one, job);
      return heardToWire(one.study.fail(job, reason, details));
    },
    enqueue: (params) => {
      const one = current();
      const { config } = object({ config: configDecoder(one.study.problem.space) })(params, "params");
      one.study.enqueue(config);
      return {};
    },
    observe: (params) => {
      const one = current();
      const { config, ...wire } = object({ config: configDecoder(one.study.problem.space), values: numbers }, measured)(params, "params");
      one.study.observe(config, toldFromWire(one, wire));
      return {};
    },
    best: (params) => {
      const one = current();
      nothing(params, "params");
      const front = bestTrials(one.study.problem, one.study.history);
      return { front: front.map((trial) => ({ trial: trial.id, config: trial.config, values: orient(one, trial.curve.at(-1)!.values) })) };
    },
    recommend: (params) => {
      const one = current();
      nothing(params, "params");
      return { config: one.study.recommend() };
    },
    predict: (params) => {
      const one = current();
      const { configs } = object({ configs: array(configDecoder(one.study.problem.space), 100_000) })(params, "params");
      const prediction = one.study.predict(configs);
      if (prediction === null)
        throw new StateError({
          code: "noModel",
          what: "predict",
          expected: "a strategy with a model",
          got: show(one.strategy.name),
          remedy: "Ask a model-based strategy.",
        });
      return { mean: prediction.mean.map((value) => value * one.signs[0]!), sd: prediction.sd };
    },
    snapshot: (params) => {
      const { study, events, strategy } = current();
      nothing(params, "params");
      const { name, options } = strategy;
      return {
        snapshot: {
          format: 1,
          problem: encodeProblem(study.problem),
          strategy: { name, options, version: study.strategy.version },
          seed: study.seed,
          events: [...events],
          state: study.state,
        },
      };
    },
    restore: (params) => {
      const { snapshot } = object({ snapshot: json })(params, "params");
      open = restored(snapshot, begin);
      return {
        ...(about(open) as { readonly [key: string]: Json }),
        running: open.study.history.running.map((job) => jobToWire(open!, job)),
      };
    },
    close: (params) => {
      nothing(params, "params");
      closed = true;
      return {};
    },
  };

  const answerOne = (message: Json): Json | null => {
    const request = readRequest(message);
    if ("error" in request) return { jsonrpc: "2.0", id: null, error: request.error };
    const { id, method, params } = request;
    let answered: { readonly result: Json } | { readonly error: Json };
    try {
      const found = Object.hasOwn(methods, method) ? methods[method] : undefined;
      answered = found === undefined ? { error: unknownMethod(method, Object.keys(methods)) } : { result: found(params) };
    } catch (error) {
      answered = { error: errorToWire(error) };
    }
    return id === undefined ? null : { jsonrpc: "2.0", id, ...answered };
  };

  return {
    get closed() {
      return closed;
    },
    answer: (line) => {
      let message: Json;
      try {
        message = parseWire(line);
      } catch (error) {
        return stringifyWire({
          jsonrpc: "2.0",
          id: null,
          error: { ...(errorToWire(error) as { readonly [key: string]: Json }), code: rpcCode.parse },
        });
      }
      if (!Array.isArray(message)) {
        const answered = answerOne(message);
        return answered === null ? null : stringifyWire(answered);
      }
      if (message.length === 0)
        return stringifyWire({ jsonrpc: "2.0", id: null, error: invalidRequest("a batch with at least one request", "an empty list") });
      const answers = message.map(answerOne).filter((answered) => answered !== null);
      return answers.length === 0 ? null : stringifyWire(answers);
    },
  };
}

const numbers: Decoder<readonly number[]> = array(number, 4096);
const measured = { constraints: numbers, variance: numbers, costSeconds: number, fidelity: number } as const;
const nothing = object({}, {});
const scalar: Decoder<string | number | boolean> = (value, path) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : reject(path, "a string, a number or a boolean", value);
const seedDecoder: Decoder<string | number> = (value, path) =>
  typeof value === "string" || typeof value === "number" ? value : reject(path, "a string or a number", value);
const optionsDecoder: Decoder<StrategyWire["options"]> = (value, path) => {
  const options = json(value, path);
  if (typeof options !== "object" || options === null || Array.isArray(options)) return reject(path, "an object of options by name", value);
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, scalar(option, below(path, name))]));
};
const decodeOpen = object({
  protocol: oneOf(1),
  problem: decodeProblem,
  strategy: object({ name: string }, { options: optionsDecoder }),
  seed: seedDecoder,
});
const tellParams = object({ job: decodeJobId, values: numbers }, { ...measured, last: boolean });
const failParams = object({ job: decodeJobId, reason: decodeFailureReason }, { fidelity: number, costSeconds: number });

function restored(
  snapshot: Json,
  begin: (problem: Problem, strategy: StrategyWire, seed: string | number, log: readonly Event[]) => Open,
): Open {
  const path: Path = "snapshot";
  const head = object({
    format: oneOf(1),
    problem: decodeProblem,
    strategy: object({ name: string, options: optionsDecoder, version: whole(0, Number.MAX_SAFE_INTEGER) }),
    seed: seedDecoder,
    events: json,
    state: json,
  })(snapshot, path);
  const events = array(eventDecoder(head.problem), 100_000_000)(head.events, below(path, "events"));
  const { name, options, version } = head.strategy;
  const one = begin(head.problem, { name, options }, head.seed, events);
  const differs = (what: string, expected: string, got: string): never => {
    throw new JournalError({
      code: "diverged",
      what,
      expected,
      got,
      remedy: "The snapshot comes from other code, or was changed; read its events as history, or observe them in a new study.",
    });
  };
  if (one.study.strategy.version !== version) differs("snapshot.strategy.version", `${one.study.strategy.version}`, `${version}`);
  if (!sameJson(one.study.state, head.state)) differs("snapshot.state", "the state that the events lead to", "another");
  return one;
}

type Request = { readonly id: Json | undefined; readonly method: string; readonly params: Json };

function readRequest(message: Json): Request | { readonly error: Json } {
  if (typeof message !== "object" || message === null || Array.isArray(message))
    return { error: invalidRequest("an object", show(message)) };
  const { jsonrpc, id, method, params, ...rest } = message as { readonly [key: string]: Json | undefined };
  if (jsonrpc !== "2.0") return { error: invalidRequest('jsonrpc "2.0"', show(jsonrpc)) };
  if (typeof method !== "string") return { error: invalidRequest("a method's name", show(method)) };
  if (id !== undefined && id !== null && typeof id !== "string" && typeof id !== "number")
    return { error: invalidRequest("an id that is a string, a number or null", show(id)) };
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) return { error: invalidRequest("only jsonrpc, id, method and params", show(extra)) };
  return { id, method, params: params ?? {} };
}

function invalidRequest(expected: string, got: string): Json {
  return {
    code: rpcCode.invalidRequest,
    message: `request: expected ${expected}, got ${got}`,
    data: { code: "invalidRequest", expected, got, remedy: "Send a JSON-RPC 2.0 request." },
  };
}

function unknownMethod(method: string, names: readonly string[]): Json {
  const expected = `one of ${names.join(", ")}`;
  return {
    code: rpcCode.unknownMethod,
    message: `unknown method ${show(method)}`,
    data: { code: "unknownMethod", expected, got: show(method), remedy: "Name one of them." },
  };
}

function errorToWire(error: unknown): Json {
  if (!(error instanceof CaviarError)) {
    const got = error instanceof Error ? error.message : String(error);
    return {
      code: rpcCode.internal,
      message: "internal error",
      data: { code: "internal", expected: "no error", got, remedy: "Report it; the study may be restored from its last snapshot." },
    };
  }
  const { code, expected, got, remedy, message } = error;
  const invalid = ["SpaceError", "ConfigError", "ProtocolError"].includes(error.name);
  return { code: invalid ? rpcCode.invalidParams : rpcCode.refused, message, data: { code, expected, got, remedy } };
}

/** @throws ProtocolError for a job that was never handed out, or has ended: a second or late report. */
function runningJob(one: Open, id: JobId): Job {
  const job = one.study.history.running.find((running) => running.id === id);
  if (job !== undefined) return job;
  const known = one.events.some((event) => event.kind === "asked" && event.jobs.some((handedOut) => handedOut.id === id));
  throw new ProtocolError({
    code: known ? "endedJob" : "unknownJob",
    what: "report",
    expected: "a running job",
    got: known ? `job ${id}, which has ended` : `job ${id}, which was never handed out`,
    remedy: known ? "The first report counts; drop this one." : "Report with the id that ask gave.",
  });
}

function orient(one: Open, values: readonly number[]): readonly number[] {
  return values.map((value, index) => value * (one.signs[index] ?? 1) + 0);
}

function toldFromWire(one: Open, wire: Omit<Decoded<typeof tellParams>, "job" | "last">): Told {
  return { ...wire, values: orient(one, wire.values) };
}

function jobToWire(one: Open, job: Job): Json {
  return job.prediction === undefined ? job : { ...job, prediction: { mean: orient(one, job.prediction.mean), sd: job.prediction.sd } };
}

function heardToWire({ effect, directives }: Heard): Json {
  return { effect, directives };
}

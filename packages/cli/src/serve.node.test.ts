/** Conformance: conversations with the real process, as another program would hold them. Built first: `npm run build`. */
import { derive, type Key, root, stream } from "@caviar-hpo/core";
import { strategies } from "@caviar-hpo/tune";
import { describe, expect, test } from "vitest";
import { type Any, installed, run, type Server, start, startServer } from "../testing/caviar.ts";

type Param = { readonly name: string; readonly kind: string; readonly [key: string]: unknown };
type Study = {
  readonly problem: object;
  readonly seed: string | number;
  readonly strategy: { readonly name: string; readonly options?: object };
};

/** A mixed space with a condition in it, drawn by the key. */
function drawSpace(key: Key): readonly Param[] {
  const { uniform, integer } = stream(key);
  const low = -10 * uniform();
  const plain = (name: string): Param =>
    [
      { name, kind: "real", low, high: low + 5 * uniform() + 0.1 },
      { name, kind: "real", low: 1e-4, high: 1, scale: "log" },
      { name, kind: "real", low: 0, high: 1, step: 0.25 },
      { name, kind: "int", low: 1, high: 1 + integer(50) },
      { name, kind: "int", low: 1, high: 1024, scale: "log" },
      { name, kind: "choice", options: ["relu", "tanh", 3, true].slice(0, 2 + integer(3)), ordered: uniform() < 0.5 },
    ][integer(6)]!;
  const free = Array.from({ length: 1 + integer(4) }, (_, index) => plain(`parameter ${index}`));
  const parent: Param = { name: "optimizer", kind: "choice", options: ["sgd", "adam"] };
  const { name: _name, ...param } = plain("");
  return [...free, parent, { name: "momentum", kind: "given", parent: "optimizer", values: ["sgd"], param }];
}

function inSpace(space: readonly Param[], config: Any): boolean {
  const active = space.filter(
    (param) => param.kind !== "given" || (param.values as readonly unknown[]).includes(config[param.parent as string]),
  );
  const isValue = (param: Any, value: Any): boolean => {
    if (param.kind === "given") return isValue(param.param, value);
    if (param.kind === "choice") return param.options.includes(value);
    return value >= param.low && value <= param.high && (param.kind !== "int" || Number.isInteger(value));
  };
  return Object.keys(config).length === active.length && active.every((param) => isValue(param, config[param.name]));
}

/** Some number that depends on every value. */
function worth(config: Any): number {
  return Object.values(config).reduce<number>(
    (sum, value) => Math.sin(sum + (typeof value === "number" ? value : String(value).length)),
    1,
  );
}

/** A conversation with everything in it; what it answered. */
async function converse(server: Server, study: Study, space: readonly Param[], sign: 1 | -1): Promise<readonly Any[]> {
  const heard: Any[] = [await server.call("open", { protocol: 1, ...study })];
  const say = async (method: string, params?: object): Promise<Any> => {
    const answer = await server.call(method, params);
    heard.push(answer);
    return answer;
  };
  const first = (await say("ask", { want: 3 })).jobs;
  for (const job of first) {
    expect(inSpace(space, job.config), JSON.stringify(job.config)).toBe(true);
    await say("tell", { job: job.id, values: [sign * worth(job.config)], costSeconds: 0.5 });
  }
  await say("enqueue", { config: first[1].config });
  const [queued, other] = (await say("ask", { want: 2 })).jobs;
  expect(queued.config).toEqual(first[1].config);
  await say("fail", { job: queued.id, reason: "infeasible" });
  await say("observe", { config: first[0].config, values: [sign * 7] });
  for (let round = 0; round < 4; round++) {
    const { jobs } = await say("ask", { want: 2 });
    for (const job of jobs) {
      expect(inSpace(space, job.config), JSON.stringify(job.config)).toBe(true);
      await say("tell", { job: job.id, values: [sign * worth(job.config)] });
    }
  }
  await say("tell", { job: other.id, values: [{ $num: "NaN" }] });
  await say("best");
  await say("recommend");
  return heard;
}

/** An answer with the predictions in it turned over. */
function negated(answer: Any): Any {
  if (answer?.jobs === undefined) return answer;
  const turn = (job: Any): Any => ({
    ...job,
    prediction: { ...job.prediction, mean: job.prediction.mean.map((mean: number) => 0 - mean) },
  });
  return { ...answer, jobs: answer.jobs.map((job: Any) => (job.prediction === undefined ? job : turn(job))) };
}

/** A strategy with a model predicts what it was told about; one without says so. */
async function predictsOrRefuses(server: Server, heard: readonly Any[]): Promise<void> {
  const configs = heard.at(-2).front.map((one: Any) => one.config);
  if (heard.some(({ jobs = [] }) => jobs.some((job: Any) => job.prediction !== undefined))) {
    const { mean, sd } = await server.call("predict", { configs });
    expect([mean.length, sd.length]).toEqual([configs.length, configs.length]);
    expect([...mean, ...sd].every(Number.isFinite)).toBe(true);
  } else expect((await server.refusal("predict", { configs: [] })).data.code).toBe("noModel");
}

async function endsWell(server: Server): Promise<void> {
  expect(await server.end()).toMatchObject({ code: 0, signal: null, stderr: "" });
}

/** Those that decide how far trials are trained are in serveTraining.node.test.ts. */
describe.each(strategies.flatMap(({ name, needs }) => (needs.includes("fidelity") ? [] : [name])))("a study with %s", (name) => {
  const space = drawSpace(derive(root("conformance"), name));
  const study: Study = { problem: { space }, seed: 42, strategy: { name, ...(name === "bayesopt" && { options: { askEffort: 64 } }) } };

  test("has every conversation; maximising is minimising the negative; a snapshot has the same future in another process", async () => {
    const [down, up] = [startServer(), startServer({ file: installed })];
    const goal = { objectives: [{ name: "accuracy", goal: "maximize" }] };
    const [lower, higher] = await Promise.all([
      converse(down, study, space, 1),
      converse(up, { ...study, problem: { space, ...goal } }, space, -1),
    ]);
    const best = lower.at(-2).front;
    expect(best.length).toBeGreaterThan(0);
    expect(higher.at(-2).front).toEqual(best.map((one: Any) => ({ ...one, values: [-one.values[0]] })));
    expect([...higher.slice(0, -2), higher.at(-1)].map(negated)).toEqual([...lower.slice(0, -2), lower.at(-1)]);

    await predictsOrRefuses(down, lower);
    const pending = await down.call("ask", { want: 2 });
    const { snapshot } = await down.call("snapshot");
    const restored = startServer();
    const { running, ...about } = await restored.call("restore", { snapshot });
    expect(about).toEqual(lower[0]);
    expect(running).toEqual(pending.jobs);
    const future = async (server: Server): Promise<readonly Any[]> => [
      await server.call("tell", { job: pending.jobs[0].id, values: [0.25] }),
      await server.call("fail", { job: pending.jobs[1].id, reason: "timeout" }),
      await server.call("ask", { want: 5 }),
      await server.call("snapshot"),
    ];
    expect(await future(restored)).toEqual(await future(down));

    expect(await restored.call("close")).toEqual({});
    expect(await restored.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
    await Promise.all([endsWell(down), endsWell(up)]);
  });
});

describe("whatever comes on a line", () => {
  const study: Study = {
    problem: {
      space: [
        { name: "größe", kind: "real", low: 0, high: 1 },
        { name: "🐼", kind: "choice", options: ["ﬁsh", "日本"] },
      ],
    },
    seed: "ключ",
    strategy: { name: "coarseToFine", options: { trials: 8 } },
  };
  const config = { größe: 0.5, "🐼": "日本" };
  const request = (id: number, method: string, params?: object): string => JSON.stringify({ jsonrpc: "2.0", id, method, params });
  const started = async (): Promise<Server> => {
    const server = startServer();
    await server.call("open", { protocol: 1, ...study });
    await server.call("ask", { want: 4 });
    await server.call("tell", { job: 0, values: [1] });
    return server;
  };

  const lines: readonly (readonly [name: string, line: string | Uint8Array, code: number])[] = [
    ["words", "hello", -32700],
    ["half a message", '{"jsonrpc":"2.0","id":1,"method":"as', -32700],
    ["Python's NaN", request(1, "tell", { job: 1, values: ["NaN"] }).replace('"NaN"', "NaN"), -32700],
    ["a number beyond the doubles", request(1, "tell", { job: 1, values: [0] }).replace("[0]", "[1e999]"), -32700],
    ["__proto__", '{"jsonrpc":"2.0","id":1,"method":"ask","params":{"__proto__":{"want":3}}}', -32700],
    ["bytes that are no UTF-8", Uint8Array.of(0x22, 0xc3, 0x28, 0xff, 0x22), -32700],
    [
      "binary garbage",
      Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919 + 11) % 251 || 1).filter((byte) => byte !== 10),
      -32700,
    ],
    ["a million brackets", "[".repeat(1_000_000), -32700],
    ["a message of more than 64 MiB", `"${"x".repeat(64 * 1024 * 1024)}"`, -32700],
    ["no request", "[]", -32600],
    ["no version", '{"id":1,"method":"ask"}', -32600],
    ["an unknown method", request(1, "askk"), -32601],
    ["an unknown parameter", request(1, "ask", { count: 1 }), -32602],
    ["an unknown job", request(1, "tell", { job: 99, values: [1] }), -32602],
    ["a second tell", request(1, "tell", { job: 0, values: [1] }), -32602],
    ["a late failure", request(1, "fail", { job: 0, reason: "lost" }), -32602],
    ["a wrong type", request(1, "tell", { job: 1, values: "1" }), -32602],
    ["a configuration out of the space", request(1, "enqueue", { config: { ...config, größe: 2 } }), -32602],
    ["a second study", request(1, "open", { protocol: 1, ...study }), -32000],
  ];

  test("is answered with an error, and the study has the future of one that never heard it", async () => {
    const [disturbed, twin] = await Promise.all([started(), started()]);
    for (const [name, line, code] of lines) {
      const { error } = await disturbed.line(line);
      expect(error.code, name).toBe(code);
      expect(Object.keys(error.data), name).toEqual(["code", "expected", "got", "remedy"]);
    }
    expect(await disturbed.call("snapshot")).toEqual(await twin.call("snapshot"));
    for (const server of [disturbed, twin]) await server.call("tell", { job: 3, values: [-1] });
    for (const method of ["ask", "best", "recommend", "snapshot"]) expect(await disturbed.call(method)).toEqual(await twin.call(method));
    await Promise.all([endsWell(disturbed), endsWell(twin)]);
  });

  test("may be cut anywhere: several messages in a chunk, characters in two, CRLF, empty lines, no line feed at the end", async () => {
    const conversation = [
      request(1, "open", { protocol: 1, ...study }),
      "",
      request(2, "enqueue", { config }),
      "\r",
      request(3, "ask"),
      request(4, "best"),
    ]
      .join("\n")
      .replaceAll("}\n", "}\r\n");
    const whole = await run(["serve"], { input: conversation });
    expect(
      whole.stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).id),
    ).toEqual([1, 2, 3, 4]);
    expect(JSON.parse(whole.stdout.split("\n")[2]!).result.jobs[0].config).toEqual(config);
    const { child, ended } = start(["serve"]);
    const bytes = Buffer.from(conversation);
    for (let at = 0; at < bytes.length; at += 3) {
      child.stdin.write(bytes.subarray(at, at + 3));
      if (at % 30 === 0) await new Promise(setImmediate);
    }
    child.stdin.end();
    expect(await ended).toEqual(whole);
    expect(whole).toMatchObject({ code: 0, stderr: "" });
  });

  test("a half line at the end of the input is an error, not a request", async () => {
    const { stdout, code } = await run(["serve"], {
      input: `${request(1, "open", { protocol: 1, ...study })}\n${request(2, "ask").slice(0, -1)}`,
    });
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).error?.code),
    ).toEqual([undefined, -32700]);
    expect(code).toBe(0);
  });

  test("batches are answered in order, notifications not at all", async () => {
    const server = await started();
    const answers = await server.line(
      `[${request(7, "tell", { job: 1, values: [0] })},{"jsonrpc":"2.0","method":"ask"},${request(8, "best")}]`,
    );
    expect(answers.map((answer: Any) => answer.id)).toEqual([7, 8]);
    server.child.stdin.write('{"jsonrpc":"2.0","method":"tell","params":{"job":2,"values":[-5]}}\n');
    expect((await server.call("best")).front[0].values).toEqual([-5]);
    await endsWell(server);
  });
});

describe("a snapshot", () => {
  test("that was changed on its way is refused by another process, which can still open a study", async () => {
    const server = startServer();
    await server.call("open", { protocol: 1, seed: 1, strategy: { name: "sobol" }, problem: { space: drawSpace(root("snapshot")) } });
    await server.call("ask", { want: 2 });
    await server.call("tell", { job: 0, values: [0.25] });
    const { snapshot } = await server.call("snapshot");
    await endsWell(server);
    const other = startServer();
    const changed = structuredClone(snapshot);
    changed.events[1].measurement.values[0] = 0.26;
    expect(await other.refusal("restore", { snapshot: changed })).toMatchObject({ code: -32000, data: { code: "corrupt" } });
    expect((await other.refusal("ask")).data.code).toBe("notOpen");
    expect((await other.call("restore", { snapshot })).running).toHaveLength(1);
    await endsWell(other);
  });
});

describe("the process", () => {
  test("lists the strategies with their typed options", async () => {
    const server = startServer({ file: installed });
    const listed = (await server.call("strategies")).strategies;
    expect(listed.map((one: Any) => [one.name, one.multiFidelity, one.adaptive])).toEqual(
      strategies.map(({ name, needs, adaptive }) => [name, needs.includes("fidelity"), adaptive]),
    );
    for (const { options } of listed)
      for (const { special, ...option } of options) expect(Object.keys(option)).toEqual(["name", "param", "default", "doc"]);
    const optionsOf = (name: string): Any[] => listed.find((one: Any) => one.name === name).options;
    expect(optionsOf("hyperband").find(({ name }) => name === "iterations")).toMatchObject({ default: null, special: null });
    expect(optionsOf("bayesopt").find(({ name }) => name === "initial")).toMatchObject({ default: "auto", special: "auto" });
    await endsWell(server);
  });

  test("hands over large answers before it ends", async () => {
    const space = Array.from({ length: 20 }, (_, index) => ({ name: `x${index}`, kind: "real", low: 0, high: 1 }));
    const input = [
      { jsonrpc: "2.0", id: 1, method: "open", params: { protocol: 1, seed: 1, strategy: { name: "random" }, problem: { space } } },
      { jsonrpc: "2.0", id: 2, method: "ask", params: { want: 10_000 } },
      { jsonrpc: "2.0", id: 3, method: "close" },
    ];
    const { stdout, code, stderr } = await run(["serve"], { input: input.map((message) => `${JSON.stringify(message)}\n`).join("") });
    const answers = stdout.trimEnd().split("\n");
    expect(answers[1]!.length).toBeGreaterThan(4_000_000);
    expect(JSON.parse(answers[1]!).result.jobs).toHaveLength(10_000);
    expect(JSON.parse(answers[2]!)).toEqual({ jsonrpc: "2.0", id: 3, result: {} });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("ends on close, whatever was sent after it", async () => {
    const server = startServer();
    expect(await server.call("close")).toEqual({});
    server.child.stdin.on("error", () => {});
    server.child.stdin.write('{"jsonrpc":"2.0","id":9,"method":"strategies"}\n');
    const { code, stdout, stderr } = await server.ended;
    expect({ code, stderr, answers: stdout.trimEnd().split("\n").length }).toEqual({ code: 0, stderr: "", answers: 1 });
  });

  test("ends quietly when its answers are not read any more", async () => {
    const { child, ended } = start(["serve"]);
    child.stdout.destroy();
    child.stdin.on("error", () => {});
    for (let count = 0; count < 100; count++) child.stdin.write('{"jsonrpc":"2.0","id":9,"method":"strategies"}\n');
    expect(await ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  test("ends with its input, without a word", async () => {
    expect(await run(["serve"])).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  });
});

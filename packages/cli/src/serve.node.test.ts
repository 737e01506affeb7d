/** Conformance: conversations with the real process, as another program would hold them. Built first: `npm run build`. */
import { root } from "@caviar-hpo/core";
import { strategies } from "@caviar-hpo/tune";
import { describe, expect, test } from "vitest";
import { type Any, installed, run, type Server, start, startServer } from "../testing/caviar.ts";
import { drawSpace, endsWell, type ServedStudy, testEveryConversation } from "../testing/everyConversation.ts";

/** Some of each kind. serve.nightly.test.ts has all; those that decide how far trials are trained are in serveTraining.node.test.ts. */
describe.each(["random", "tpe", "bayesopt"])("a study with %s", testEveryConversation);

describe("whatever comes on a line", () => {
  const study: ServedStudy = {
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

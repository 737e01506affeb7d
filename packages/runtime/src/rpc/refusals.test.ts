/** Every refusal changes nothing: after each, the study still equals one that was never disturbed, and so does its future. */
import { limits } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { type Any, type Client, connect } from "../../testing/client.ts";
import { registry } from "../../testing/registry.ts";

const problem = {
  space: [
    { name: "x", kind: "real", low: 0, high: 1 },
    { name: "kind", kind: "choice", options: ["a", "b"] },
    { name: "n", kind: "given", parent: "kind", values: ["a"], param: { kind: "int", low: 1, high: 9 } },
  ],
  objectives: [{ name: "value", goal: "maximize" }],
  fidelity: { unit: "epoch", min: 1, max: 9, whole: true },
};
const open = { protocol: 1, seed: 11, strategy: { name: "racing" }, problem };

/** Jobs 0 (measured at 3), 1 (finished), 2 (failed), 3 (stopped), 4 (untouched). */
function midway(): Client {
  const client = connect(registry);
  client.call("open", open);
  client.call("ask", { want: 5 });
  client.call("tell", { job: 0, fidelity: 3, values: [2] });
  client.call("tell", { job: 1, values: [3] });
  client.call("fail", { job: 2, reason: "threw" });
  client.call("tell", { job: 3, fidelity: 3, values: [1] });
  return client;
}

const undisturbed = midway().call("snapshot");
const future = (client: Client): Any => [
  client.call("ask", { want: 3 }),
  client.call("tell", { job: 4, values: [9] }),
  client.call("best"),
  client.call("snapshot"),
];
const undisturbedFuture = future(midway());

const invalid = -32602;
const refused = -32000;

describe("a refused call is a JSON-RPC error and changes nothing", () => {
  const inside = { x: 0.5, kind: "a", n: 3 };
  const cases: readonly (readonly [name: string, method: string, params: unknown, code: number, dataCode: string])[] = [
    ["unknown method", "asks", {}, -32601, "unknownMethod"],
    ["a method that every object has", "constructor", {}, -32601, "unknownMethod"],
    ["__proto__ as a method", "__proto__", {}, -32601, "unknownMethod"],
    ["a second open", "open", open, refused, "alreadyOpen"],
    ["a restore over an open study", "restore", undisturbed, refused, "alreadyOpen"],
    ["params by position", "ask", [1], invalid, "wrongValue"],
    ["ask for -1", "ask", { want: -1 }, invalid, "wrongValue"],
    ["ask for 1.5", "ask", { want: 1.5 }, invalid, "wrongValue"],
    ["ask for a text", "ask", { want: "1" }, invalid, "wrongValue"],
    ["ask for null", "ask", { want: null }, invalid, "wrongValue"],
    ["ask for 10^300", "ask", { want: 1e300 }, invalid, "wrongValue"],
    ["ask for NaN", "ask", { want: { $num: "NaN" } }, invalid, "wrongValue"],
    ["ask for more than the limit", "ask", { want: limits.want + 1 }, invalid, "wrongValue"],
    ["ask for -1 new trials", "ask", { starts: -1 }, invalid, "wrongValue"],
    ["ask to finish, as a number", "ask", { finish: 1 }, invalid, "wrongValue"],
    ["ask with an unknown parameter", "ask", { wnat: 1 }, invalid, "unknownKey"],
    ["tell of an unknown job", "tell", { job: 5, values: [1] }, invalid, "unknownJob"],
    ["tell of a job beyond 2^53", "tell", { job: 1e300, values: [1] }, invalid, "wrongValue"],
    ["tell of a job -1", "tell", { job: -1, values: [1] }, invalid, "wrongValue"],
    ["tell of a job by text", "tell", { job: "0", values: [1] }, invalid, "wrongValue"],
    ["tell without a job", "tell", { values: [1] }, invalid, "missingKey"],
    ["tell without values", "tell", { job: 0 }, invalid, "missingKey"],
    ["tell of no values", "tell", { job: 0, values: [] }, invalid, "badMeasurement"],
    ["tell of two values", "tell", { job: 0, values: [1, 2] }, invalid, "badMeasurement"],
    ["tell of a bare number", "tell", { job: 0, values: 1 }, invalid, "wrongValue"],
    ["tell of null", "tell", { job: 0, values: [null] }, invalid, "wrongValue"],
    ["tell of a text", "tell", { job: 0, values: ["1"] }, invalid, "wrongValue"],
    ["tell of `value`", "tell", { job: 0, value: 1 }, invalid, "unknownKey"],
    ["tell of too many constraints", "tell", { job: 0, values: [1], constraints: [0] }, invalid, "badMeasurement"],
    ["tell of a negative variance", "tell", { job: 0, values: [1], variance: [-1] }, invalid, "badNumber"],
    ["tell of a negative cost", "tell", { job: 0, values: [1], costSeconds: -1 }, invalid, "badNumber"],
    ["tell of a cost that is not finite", "tell", { job: 0, values: [1], costSeconds: { $num: "Infinity" } }, invalid, "badNumber"],
    ["tell of a fidelity that was told", "tell", { job: 0, values: [1], fidelity: 3 }, invalid, "badFidelity"],
    ["tell of an earlier fidelity", "tell", { job: 0, values: [1], fidelity: 2 }, invalid, "badFidelity"],
    ["tell of a fidelity beyond the end", "tell", { job: 0, values: [1], fidelity: 10 }, invalid, "badFidelity"],
    ["tell of half an epoch", "tell", { job: 0, values: [1], fidelity: 4.5 }, invalid, "badFidelity"],
    ["tell of fidelity NaN", "tell", { job: 0, values: [1], fidelity: { $num: "NaN" } }, invalid, "badNumber"],
    ["last at a fidelity before the end", "tell", { job: 0, values: [1], fidelity: 4, last: true }, invalid, "wrongValue"],
    ["not last at the end", "tell", { job: 0, values: [1], last: false }, invalid, "wrongValue"],
    ["a second tell, the same", "tell", { job: 1, values: [3] }, invalid, "endedJob"],
    ["a second tell, another", "tell", { job: 1, values: [4] }, invalid, "endedJob"],
    ["a second tell, not finite", "tell", { job: 1, values: [{ $num: "NaN" }] }, invalid, "endedJob"],
    ["a tell of a failed job", "tell", { job: 2, values: [4] }, invalid, "endedJob"],
    ["a tell of a stopped job", "tell", { job: 3, values: [4] }, invalid, "endedJob"],
    ["a second fail, the same", "fail", { job: 2, reason: "threw" }, invalid, "endedJob"],
    ["a second fail, another", "fail", { job: 2, reason: "lost" }, invalid, "endedJob"],
    ["a fail of a finished job", "fail", { job: 1, reason: "lost" }, invalid, "endedJob"],
    ["a fail of a stopped job", "fail", { job: 3, reason: "lost" }, invalid, "endedJob"],
    ["a fail of an unknown job", "fail", { job: 99, reason: "lost" }, invalid, "unknownJob"],
    ["a fail for an unknown reason", "fail", { job: 0, reason: "bored" }, invalid, "wrongValue"],
    ["a fail without a reason", "fail", { job: 0 }, invalid, "missingKey"],
    ["a fail beyond the most", "fail", { job: 0, reason: "lost", fidelity: 10 }, invalid, "badFidelity"],
    ["a fail of negative cost", "fail", { job: 0, reason: "lost", costSeconds: -1 }, invalid, "badNumber"],
    ["enqueue out of the box", "enqueue", { config: { ...inside, x: 1.5 } }, invalid, "badConfig"],
    ["enqueue of a text for a number", "enqueue", { config: { ...inside, x: "0.5" } }, invalid, "badConfig"],
    ["enqueue of NaN", "enqueue", { config: { ...inside, x: { $num: "NaN" } } }, invalid, "badConfig"],
    ["enqueue of an unknown option", "enqueue", { config: { ...inside, kind: "c" } }, invalid, "badConfig"],
    ["enqueue with an inactive parameter", "enqueue", { config: { ...inside, kind: "b" } }, invalid, "badConfig"],
    ["enqueue with an unknown parameter", "enqueue", { config: { ...inside, y: 1 } }, invalid, "badConfig"],
    ["enqueue of a list", "enqueue", { config: [0.5] }, invalid, "badConfig"],
    ["enqueue of nothing", "enqueue", {}, invalid, "missingKey"],
    ["observe out of the box", "observe", { config: { ...inside, n: 10 }, values: [1] }, invalid, "badConfig"],
    ["observe of what is not finite", "observe", { config: inside, values: [{ $num: "Infinity" }] }, invalid, "badMeasurement"],
    ["observe of a fidelity beyond the most", "observe", { config: inside, values: [1], fidelity: 10 }, invalid, "badFidelity"],
    ["observe of a job", "observe", { job: 4, config: inside, values: [1] }, invalid, "unknownKey"],
    ["predict without a model", "predict", { configs: [inside] }, refused, "noModel"],
    ["predict out of the box", "predict", { configs: [{ x: 2 }] }, invalid, "badConfig"],
    ["best with parameters", "best", { count: 3 }, invalid, "unknownKey"],
    ["snapshot with parameters", "snapshot", { path: "/etc/passwd" }, invalid, "unknownKey"],
    ["close with parameters", "close", { force: true }, invalid, "unknownKey"],
    ["restore of nothing", "restore", {}, invalid, "missingKey"],
  ];

  test.each(cases)("%s", (_name, method, params, code, dataCode) => {
    const client = midway();
    const error = client.refusal(method, params);
    expect({ code: error.code, data: error.data.code }).toEqual({ code, data: dataCode });
    expect(Object.keys(error.data)).toEqual(["code", "expected", "got", "remedy"]);
    for (const part of ["expected", "got", "remedy"]) expect(error.data[part], part).toMatch(/./);
    expect(error.message).toContain(error.data.expected);
    expect(client.call("snapshot")).toEqual(undisturbed);
    expect(future(client)).toEqual(undisturbedFuture);
  });

  test("all of them one after the other", () => {
    const client = midway();
    for (const [, method, params] of cases) client.refusal(method, params);
    expect(future(client)).toEqual(undisturbedFuture);
  });

  test("the nearest method is suggested", () => {
    expect(midway().refusal("Recomend").data.remedy).toBe('Did you mean "recommend"?');
  });
});

describe("before a study is open", () => {
  test.each(["ask", "tell", "fail", "enqueue", "observe", "best", "recommend", "predict", "snapshot"])("%s is refused", (method) => {
    expect(connect(registry).refusal(method, {})).toMatchObject({ code: refused, data: { code: "notOpen" } });
  });

  const cases: readonly (readonly [name: string, change: object, dataCode: string])[] = [
    ["a later protocol", { protocol: 3 }, "wrongValue"],
    ["a name in protocol 1", { name: "mine" }, "wrongValue"],
    ["no protocol", { protocol: undefined }, "missingKey"],
    ["an unknown strategy", { strategy: { name: "unifrom" } }, "unknownStrategy"],
    ["a strategy by name only", { strategy: "uniform" }, "wrongValue"],
    ["an unknown option", { strategy: { name: "uniform", options: { ofset: 1 } } }, "unknownOption"],
    ["an option out of range", { strategy: { name: "uniform", options: { offset: 10 } } }, "badConfig"],
    ["an option that is an object", { strategy: { name: "uniform", options: { offset: {} } } }, "wrongValue"],
    ["options in a list", { strategy: { name: "uniform", options: [] } }, "wrongValue"],
    ["a seed that is null", { seed: null }, "wrongValue"],
    ["a seed that is not finite", { seed: { $num: "NaN" } }, "badSeed"],
    ["a seed too long", { seed: "s".repeat(limits.seedLength + 1) }, "badSeed"],
    ["no seed", { seed: undefined }, "missingKey"],
    ["an empty range", { problem: { space: [{ name: "x", kind: "real", low: 1, high: 0 }] } }, "badSpace"],
    ["a parameter twice", { problem: { space: [problem.space[0], problem.space[0]] } }, "badSpace"],
    ["a space by name", { problem: { space: { x: problem.space[0] } } }, "wrongValue"],
    ["an unknown key", { study: "mine" }, "unknownKey"],
    [
      "nine objectives",
      { problem: { ...problem, objectives: Array.from({ length: 9 }, (_, i) => ({ name: `o${i}`, goal: "minimize" })) } },
      "unsuitableStrategy",
    ],
  ];

  test.each(cases)("open with %s is refused, and leaves the session as it was", (_name, change, dataCode) => {
    const client = connect(registry);
    expect(client.refusal("open", { ...open, ...change })).toMatchObject({ code: invalid, data: { code: dataCode } });
    expect(client.refusal("ask").data.code).toBe("notOpen");
    client.call("open", open);
    client.call("ask", { want: 5 });
    expect(client.call("snapshot").snapshot.events).toHaveLength(1);
  });
});

test("a strategy that takes no points from elsewhere refuses them before anything changes", () => {
  const client = connect(registry);
  client.call("open", { ...open, strategy: { name: "hermit" } });
  const before = client.call("snapshot");
  const config = { x: 0.5, kind: "b" };
  expect(client.refusal("enqueue", { config }).data.code).toBe("unsuitableStrategy");
  expect(client.refusal("observe", { config, values: [1] }).data.code).toBe("unsuitableStrategy");
  expect(client.call("snapshot")).toEqual(before);
});

test("a strategy that breaks the contract is an internal error, not the client's", () => {
  const client = connect(registry);
  client.call("open", { ...open, problem: { space: problem.space }, strategy: { name: "stray" } });
  expect(client.refusal("ask")).toMatchObject({ code: -32603, data: { code: "brokenContract" } });
  expect(client.refusal("ask")).toMatchObject({ code: refused, data: { code: "brokenStudy" } });
});

test("more jobs than an answer can hold are not handed out", () => {
  const client = connect(registry);
  const wide = Array.from({ length: 100 }, (_, index) => ({ name: `parameter ${index}`, kind: "real", low: 0, high: 1 }));
  client.call("open", { ...open, problem: { space: wide }, strategy: { name: "uniform" } });
  const before = client.call("snapshot");
  const error = client.refusal("ask", { want: limits.want });
  expect(error).toMatchObject({ code: refused, data: { code: "tooMany" } });
  expect(client.call("snapshot")).toEqual(before);
  const most = Number(/\d+/.exec(error.data.expected)![0]);
  expect(most).toBeGreaterThan(10_000);
});

test("after close everything is refused", () => {
  const client = midway();
  expect(client.call("close")).toEqual({});
  for (const method of ["ask", "snapshot", "close", "strategies"]) expect(client.refusal(method).data.code).toBe("closed");
});

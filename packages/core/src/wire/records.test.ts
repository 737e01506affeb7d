import { expect, test } from "vitest";
import { ConfigError, LimitError, ProtocolError } from "../contract/errors.ts";
import { root } from "../random/key.ts";
import { decodeProblem } from "./problem.ts";
import { configDecoder, decodeDirective, decodeKey, eventDecoder, measurementDecoder } from "./records.ts";

const problem = decodeProblem({
  space: [
    { name: "rate", kind: "real", low: 0, high: 1 },
    { name: "kind", kind: "choice", options: ["a", "b"] },
    { name: "depth", kind: "given", parent: "kind", values: ["b"], param: { kind: "int", low: 1, high: 4 } },
  ],
  objectives: [
    { name: "loss", goal: "minimize" },
    { name: "size", goal: "minimize" },
  ],
  constraints: ["memory"],
  fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
  resumable: true,
});
const decodeEvent = eventDecoder(problem);

const config = { rate: 0.5, kind: "a" };
const measurement = { fidelity: 3, values: [0.1, 20], constraints: [-1], costSeconds: 1.5, atMilestone: true };
const job = { id: 4, trial: 2, config, from: { trial: 1, fidelity: 1 }, until: 9, milestones: [3, 9] };
const asked = { kind: "asked", want: 1, jobs: [job], directives: [], then: "more", atMs: 17 };
const told = { kind: "told", job: 4, measurement, last: false, directives: [{ kind: "stop", job: 3 }], atMs: 18 };
const failed = {
  kind: "failed",
  job: 4,
  reason: "timeout",
  fidelity: 0,
  costSeconds: 60,
  directives: [{ kind: "discard", trial: 2 }],
  atMs: 19,
};
const enqueued = { kind: "enqueued", config: { rate: 1, kind: "b", depth: 4 }, atMs: 20 };
const observed = { kind: "observed", config, measurement: { ...measurement, variance: [0, 0.1] }, directives: [], atMs: 21 };

test.each([
  ["asked", asked],
  ["asked, within a budget that the strategy plans by", { ...asked, trials: 60 }],
  ["asked, few of them new", { ...asked, want: 3, starts: 0 }],
  ["asked for nothing, and done", { ...asked, want: 0, jobs: [], then: "done" }],
  [
    "asked, with remarks",
    { ...asked, jobs: [{ ...job, from: null, prediction: { mean: [1, 2], sd: [0.1, 0.2] }, note: { why: ["ei", NaN] } }] },
  ],
  ["told", told],
  ["failed", failed],
  ["enqueued", enqueued],
  ["enqueued in part", { ...enqueued, config: { depth: 4 } }],
  ["observed", observed],
  ["told by a broken clock", { ...told, atMs: NaN }],
])("an event is read as it was written: %s", (_, event) => {
  const decoded = decodeEvent(event, "event");
  expect(decoded).toStrictEqual(event);
  expect(decoded).not.toBe(event);
});

test("a configuration comes back frozen and in declaration order", () => {
  const decoded = configDecoder(problem.space)({ kind: "b", depth: 2, rate: 0 }, "config");
  expect(Object.keys(decoded)).toEqual(["rate", "kind", "depth"]);
  expect(Object.isFrozen(decoded)).toBe(true);
});

test("a key is four words of 32 bits", () => {
  const key = root("seed");
  expect(decodeKey([...key], "key")).toEqual(key);
  expect(decodeKey([0, 0, 0, 0xffff_ffff], "key")).toEqual([0, 0, 0, 0xffff_ffff]);
  for (const forged of [[1, 2, 3], [1, 2, 3, 4, 5], [1, 2, 3, 2 ** 32], [1, 2, 3, -1], [1, 2, 3, 0.5], "1234", { length: 4 }])
    expect(() => decodeKey(forged, "key")).toThrow(ProtocolError);
});

test("where evaluations are complete, fidelities lie between 0 and 1", () => {
  const whole = measurementDecoder({ ...problem, fidelity: null });
  expect(whole({ ...measurement, fidelity: 1 }, "m").fidelity).toBe(1);
  expect(() => whole({ ...measurement, fidelity: 2 }, "m")).toThrow("m.fidelity: expected a number in [0, 1], got 2");
});

test.each<[string, unknown, typeof ProtocolError | typeof ConfigError | typeof LimitError, string, string, string]>([
  // what is wrong, event, class, what, expected, got
  ["an unknown kind", { kind: "asks" }, ProtocolError, "event.kind", '"asked" or "told" or "failed" or "enqueued" or "observed"', '"asks"'],
  [
    "a field of a future version",
    { ...asked, lane: 1 },
    ProtocolError,
    "event",
    "no keys but kind, want, jobs, directives, then, atMs, starts, trials, finish",
    '"lane"',
  ],
  ["a field missing", { ...told, atMs: undefined }, ProtocolError, "event.atMs", "a number", "undefined"],
  [
    "a value missing from a configuration",
    { ...observed, config: { rate: 1 } },
    ConfigError,
    'event.config, configuration value "kind"',
    'one of "a", "b"',
    "undefined",
  ],
  [
    "a value out of its range",
    { ...asked, jobs: [job, { ...job, config: { rate: 2, kind: "a" } }] },
    ConfigError,
    'event.jobs[1].config, configuration value "rate"',
    "a number in [0, 1]",
    "2",
  ],
  [
    "a value NaN",
    { ...enqueued, config: { rate: NaN, kind: "a" } },
    ConfigError,
    'event.config, configuration value "rate"',
    "a number in [0, 1]",
    "NaN",
  ],
  [
    "a parameter that is not active",
    { ...enqueued, config: { ...config, depth: 1 } },
    ConfigError,
    "event.config, configuration",
    "only names of active parameters",
    '"depth"',
  ],
  [
    "a prototype in a configuration",
    { ...enqueued, config: JSON.parse('{"rate":1,"kind":"a","__proto__":{}}') },
    ConfigError,
    "event.config, configuration",
    "only names of active parameters",
    '"__proto__"',
  ],
  [
    "too few values",
    { ...told, measurement: { ...measurement, values: [1] } },
    ProtocolError,
    "event.measurement.values",
    "a list of at least 2",
    "a list of 1",
  ],
  [
    "too many constraints",
    { ...told, measurement: { ...measurement, constraints: [1, 2] } },
    LimitError,
    "event.measurement.constraints",
    "a list of at most 1",
    "2",
  ],
  [
    "a value that is not finite",
    { ...told, measurement: { ...measurement, values: [0, NaN] } },
    ProtocolError,
    "event.measurement.values[1]",
    "a finite number",
    "NaN",
  ],
  [
    "a negative variance",
    { ...told, measurement: { ...measurement, variance: [0, -1] } },
    ProtocolError,
    "event.measurement.variance[1]",
    "a number in [0, Infinity]",
    "-1",
  ],
  ["a negative cost", { ...failed, costSeconds: -1 }, ProtocolError, "event.costSeconds", "a number in [0, Infinity]", "-1"],
  [
    "a fidelity beyond the most",
    { ...told, measurement: { ...measurement, fidelity: 10 } },
    ProtocolError,
    "event.measurement.fidelity",
    "a whole number in [0, 9]",
    "10",
  ],
  [
    "a fraction of a whole fidelity",
    { ...asked, jobs: [{ ...job, from: { trial: 1, fidelity: 0.5 } }] },
    ProtocolError,
    "event.jobs[0].from.fidelity",
    "a whole number in [0, 9]",
    "0.5",
  ],
  [
    "a job without milestones",
    { ...asked, jobs: [{ ...job, milestones: [] }] },
    ProtocolError,
    "event.jobs[0].milestones",
    "a list of at least 1",
    "a list of 0",
  ],
  [
    "milestones that do not ascend",
    { ...asked, jobs: [{ ...job, milestones: [3, 3, 9] }] },
    ProtocolError,
    "event.jobs[0].milestones[1]",
    "more than 3, which comes before",
    "3",
  ],
  [
    "a milestone that the checkpoint has passed",
    { ...asked, jobs: [{ ...job, milestones: [1, 9] }] },
    ProtocolError,
    "event.jobs[0].milestones[0]",
    "more than 1, which comes before",
    "1",
  ],
  [
    "milestones that do not end at until",
    { ...asked, jobs: [{ ...job, milestones: [3] }] },
    ProtocolError,
    "event.jobs[0].until",
    "the last milestone, 3",
    "9",
  ],
  ["a negative job", { ...told, job: -1 }, ProtocolError, "event.job", "a whole number in [0, 9007199254740991]", "-1"],
  ["a job 2^53", { ...told, job: 2 ** 53 }, ProtocolError, "event.job", "a whole number in [0, 9007199254740991]", "9007199254740992"],
  [
    "a trial beyond the limit",
    { ...failed, directives: [{ kind: "discard", trial: 10_000_001 }] },
    ProtocolError,
    "event.directives[0].trial",
    "a whole number in [0, 10000000]",
    "10000001",
  ],
  [
    "a directive about the wrong thing",
    { ...told, directives: [{ kind: "stop", trial: 1 }] },
    ProtocolError,
    "event.directives[0]",
    "no keys but kind, job",
    '"trial"',
  ],
  ["more wanted than allowed", { ...asked, want: 100_001 }, ProtocolError, "event.want", "a whole number in [0, 100000]", "100001"],
  [
    "an invented reason",
    { ...failed, reason: "bored" },
    ProtocolError,
    "event.reason",
    '"threw" or "timeout" or "lost" or "nonfinite" or "infeasible"',
    '"bored"',
  ],
  ["an invented answer", { ...asked, then: "stop" }, ProtocolError, "event.then", '"more" or "wait" or "done"', '"stop"'],
])("refused: %s", (_, event, kind, what, expected, got) => {
  const decode = () => decodeEvent(event, "event");
  expect(decode).toThrow(kind);
  expect(decode).toThrow(`${what}: expected ${expected}, got ${got}. `);
});

test("a directive names a job to stop or pause, or a trial to discard", () => {
  for (const directive of [
    { kind: "stop", job: 0 },
    { kind: "pause", job: 1 },
    { kind: "discard", trial: 2 },
  ])
    expect(decodeDirective(directive, "directive")).toStrictEqual(directive);
});

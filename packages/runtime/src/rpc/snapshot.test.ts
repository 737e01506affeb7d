import { parseWire } from "@caviar-hpo/core/wire";
import { describe, expect, test } from "vitest";
import { type Any, type Client, connect } from "../../testing/client.ts";
import { canOf, registry } from "../../testing/registry.ts";
import { checksum } from "../checksum.ts";

const space = [
  { name: "x", kind: "real", low: -1, high: 1 },
  { name: "$num", kind: "choice", options: [true, "two", 3] },
];
const problem = { space, objectives: [{ name: "value", goal: "maximize" }], fidelity: { unit: "epoch", min: 1, max: 9, whole: true } };

function played(strategy: string, rounds: number): Client {
  const client = connect(registry);
  client.call("open", { protocol: 1, seed: "s", strategy: { name: strategy, options: { offset: 2 } }, problem });
  play(client, rounds);
  return client;
}

function play(client: Client, rounds: number): Any {
  return Array.from({ length: rounds }, (_, round) => {
    const { jobs } = client.call("ask", { want: 2 });
    const [first, second] = jobs;
    return [
      jobs,
      client.call("tell", { job: first.id, fidelity: 3, values: [first.config.x] }),
      client.call("tell", { job: second.id, values: [round % 3 === 0 ? { $num: "-0" } : second.config.x], costSeconds: 1e-7 }),
      client.call("best"),
    ];
  });
}

describe.each(["uniform", "mean", "racing"])("a snapshot of %s", (strategy) => {
  test.each([0, 1, 6])("after %i rounds has, restored, the same future", (rounds) => {
    const client = played(strategy, rounds);
    const { snapshot } = client.call("snapshot");
    const restored = connect(registry);
    const { running, ...about } = restored.call("restore", { snapshot });
    expect(about).toEqual({ name: strategy, version: 1, can: canOf(strategy) });
    expect(restored.call("snapshot")).toEqual({ snapshot });
    for (const job of running) {
      const lost = { job: job.id, reason: "lost" };
      expect(restored.call("fail", lost)).toEqual(client.call("fail", lost));
    }
    expect(play(restored, 4)).toEqual(play(client, 4));
    expect(restored.call("snapshot")).toEqual(client.call("snapshot"));
  });
});

test("restore names the jobs that still run, values in the user's orientation", () => {
  const client = played("mean", 3);
  const { jobs } = client.call("ask", { want: 2 });
  const { running } = connect(registry).call("restore", client.call("snapshot"));
  expect(running.slice(-2)).toEqual(jobs);
});

test("keys in another order are the same snapshot", () => {
  const { snapshot } = played("racing", 3).call("snapshot");
  const reversed = (value: Any): Any => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, reversed(member)]),
    );
  };
  const restored = connect(registry);
  restored.call("restore", { snapshot: reversed(snapshot) });
  expect(restored.call("snapshot")).toEqual({ snapshot });
});

test.each(["mean", "uniform"])("every single change of a snapshot of %s is refused, wherever it is made", (strategy) => {
  const { snapshot } = played(strategy, 3).call("snapshot");
  const paths = leavesOf(snapshot);
  expect(paths.length).toBeGreaterThan(100);
  expect(connect(registry).call("restore", { snapshot: structuredClone(snapshot) }).name).toBe(strategy);
  for (const path of paths) {
    const changed: Any = structuredClone(snapshot);
    const above = path.slice(0, -1).reduce((value, key) => value[key], changed);
    const key = path.at(-1)!;
    const old = above[key];
    above[key] = typeof old === "number" ? old + 1 : typeof old === "boolean" ? !old : old === null ? 0 : `${old}!`;
    const client = connect(registry);
    const { code } = client.refusal("restore", { snapshot: changed });
    expect([-32602, -32000], path.join(".")).toContain(code);
    expect(client.refusal("ask").data.code).toBe("notOpen");
  }
});

test("a forged checksum does not help: the log is replayed and compared", () => {
  const { snapshot } = played("mean", 3).call("snapshot");
  const refusal = (change: (snapshot: Any) => void): Any =>
    connect(registry).refusal("restore", { snapshot: forge(snapshot, change) }).data;
  expect(connect(registry).call("restore", { snapshot: forge(snapshot, () => {}) }).name).toBe("mean");
  expect(
    refusal((body) => {
      body.events[0].jobs[0].config.x = 0;
    }).code,
  ).toBe("diverged");
  expect(
    refusal((body) => {
      body.events[1].measurement.values[0]++;
    }).code,
  ).toBe("diverged");
  expect(
    refusal((body) => {
      body.events.pop();
    }).code,
  ).toBe("diverged");
  expect(
    refusal((body) => {
      body.events.splice(1, 1);
    }).code,
  ).toBe("diverged");
  expect(
    refusal((body) => {
      body.seed = "t";
    }).code,
  ).toBe("diverged");
  expect(
    refusal((body) => {
      body.strategy.version = 2;
    }),
  ).toMatchObject({ code: "diverged", expected: "1", got: "2" });
  expect(
    refusal((body) => {
      body.state.sum++;
    }).code,
  ).toBe("diverged");
  expect(
    refusal((body) => {
      body.format = 3;
    }).code,
  ).toBe("wrongValue");
  expect(
    refusal((body) => {
      body.extra = 1;
    }).code,
  ).toBe("unknownKey");
});

test("a snapshot of format 1 holds the negatives of maximised values, and is restored as one of today", () => {
  const { snapshot } = played("racing", 3).call("snapshot");
  const negate = (body: Any): void => {
    for (const event of body.events) if ("measurement" in event) event.measurement.values[0] = 0 - event.measurement.values[0];
    body.format = 1;
  };
  const restored = connect(registry);
  restored.call("restore", { snapshot: forge(snapshot, negate) });
  expect(restored.call("snapshot")).toEqual({ snapshot });
  // The events of today, said to be of format 1: the worse ones of its trials were the better ones, and others would have been stopped.
  const mistaken = forge(snapshot, (body) => {
    body.format = 1;
  });
  expect(connect(registry).refusal("restore", { snapshot: mistaken }).data.code).toBe("diverged");
});

test.each([null, 1, "{}", [], {}, { format: 1 }])("%j is no snapshot", (snapshot) => {
  expect(connect(registry).refusal("restore", { snapshot }).code).toBe(-32602);
});

/** A changed copy with the checksum that belongs to it. */
function forge(snapshot: Any, change: (body: Any) => void): Any {
  const { checksum: _, ...body } = structuredClone(snapshot);
  change(body);
  return { ...body, checksum: checksum(parseWire(JSON.stringify(body))) };
}

function leavesOf(value: Any, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null || "$num" in value) return typeof value === "object" && value !== null ? [] : [path];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, Array.isArray(value) ? Number(key) : key]));
}

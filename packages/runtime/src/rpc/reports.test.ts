/** Reports that come twice, late, or not as the first time, in protocol 2. In memory and on a disk, and after the server has restarted. */
import { describe, expect, it } from "vitest";
import type { Any, Client } from "../../testing/client.ts";
import { serverOn } from "../../testing/servers.ts";
import { emptyDisk, faultyDisk } from "../testing/faultyDisk.ts";

const problem = {
  space: [{ name: "x", kind: "real", low: 0, high: 1 }],
  objectives: [{ name: "value", goal: "maximize" }],
  constraints: ["memory"],
  fidelity: { unit: "epoch", min: 1, max: 9, whole: true },
};
const opening = { protocol: 2, name: "reports", problem, strategy: { name: "racing" }, seed: 11 };
const report = (job: number, value: unknown, rest: object = {}): object => ({ job, values: [value], constraints: [0], ...rest });
const nan = { $num: "NaN" };

/** Jobs 0 (measured at 3), 1 (finished), 2 (failed), 3 (stopped), 4 (lost), 5 (not finite), 6 (untouched). */
function midway(client: Client): void {
  client.call("open", opening);
  client.call("ask", { want: 7 });
  client.call("tell", report(0, 2, { fidelity: 3 }));
  client.call("tell", report(1, 3, { costSeconds: 7 }));
  client.call("fail", { job: 2, reason: "threw", error: "no memory" });
  expect(client.call("tell", report(3, 1, { fidelity: 3 })).directives).toEqual([{ kind: "stop", job: 3 }]);
  client.call("fail", { job: 4, reason: "lost" });
  client.call("tell", report(5, nan));
}

const places: readonly (readonly [name: string, open: () => Client])[] = [
  [
    "in memory",
    () => {
      const client = serverOn(null).client();
      midway(client);
      return client;
    },
  ],
  [
    "on a disk, in the next server",
    () => {
      const disk = faultyDisk(emptyDisk);
      midway(serverOn(disk).client());
      const client = serverOn(disk, 2).client();
      client.call("open", opening);
      return client;
    },
  ],
];

describe.each(places)("a report %s", (_place, open) => {
  const accepted = { effect: "accepted", directives: [], repeated: true };
  const failed = { effect: "failed", directives: [], repeated: true };

  it.each<readonly [name: string, method: string, params: object, answer: object]>([
    ["on the way", "tell", report(0, 2, { fidelity: 3 }), accepted],
    ["at a fidelity that misses the earlier one by rounding", "tell", report(0, 2, { fidelity: 3.000000001 }), accepted],
    ["of a finished job", "tell", report(1, 3), accepted],
    ["at the end, in so many words", "tell", report(1, 3, { fidelity: 9, last: true }), accepted],
    ["of another cost", "tell", report(1, 3, { costSeconds: 9 }), accepted],
    ["of a failure", "fail", { job: 2, reason: "threw", error: "no memory" }, failed],
    ["of a failure in other words", "fail", { job: 2, reason: "threw" }, failed],
    ["of a loss", "fail", { job: 4, reason: "lost" }, failed],
    ["that is not finite", "tell", report(5, nan), failed],
    ["that is not finite, as a failure", "fail", { job: 5, reason: "nonfinite" }, failed],
    [
      "on the way of a job that was stopped by it",
      "tell",
      report(3, 1, { fidelity: 3 }),
      { ...accepted, directives: [{ kind: "stop", job: 3 }] },
    ],
  ])("%s may come again: the answer is the first one, and nothing changes", (_name, method, params, answer) => {
    const client = open();
    const before = client.call("snapshot");
    for (const _time of [1, 2]) expect(client.call(method, params)).toEqual(answer);
    expect(client.call("snapshot")).toEqual(before);
  });

  it.each<readonly [name: string, method: string, params: object, expected: string, got: string]>([
    [
      "on the way",
      "tell",
      report(0, 2.5, { fidelity: 3 }),
      "values [2] at fidelity 3, constraints [0]",
      "values [2.5] at fidelity 3, constraints [0]",
    ],
    ["of a finished job", "tell", report(1, 4), "values [3] at fidelity 9, constraints [0]", "values [4] at fidelity 9, constraints [0]"],
    ["with another constraint", "tell", { job: 1, values: [3], constraints: [1] }, "constraints [0]", "constraints [1]"],
    ["with a variance", "tell", report(1, 3, { variance: [1] }), "values [3] at fidelity 9, constraints [0]", "variance [1]"],
    ["that is not finite", "tell", report(1, nan), "values [3]", 'values [{"$num":"NaN"}]'],
    [
      "of a failure for another reason",
      "fail",
      { job: 2, reason: "lost" },
      'the failure "threw" with the error "no memory"',
      'the failure "lost"',
    ],
    ["of a result after a failure", "tell", report(2, 4), 'the failure "threw"', "values [4] at fidelity 9, constraints [0]"],
    ["of a failure after a result", "fail", { job: 1, reason: "lost" }, "values [3] at fidelity 9", 'the failure "lost"'],
    ["of a result after one that was not finite", "tell", report(5, 1), 'the failure "nonfinite"', "values [1]"],
  ])("%s that differs from the first is refused, both are shown, and nothing changes", (_name, method, params, expected, got) => {
    const client = open();
    const before = client.call("snapshot");
    const { data, code } = client.refusal(method, params);
    expect({ code, data: data.code }).toEqual({ code: -32602, data: "otherReport" });
    expect(data.expected).toContain(expected);
    expect(data.got).toContain(got);
    expect(client.call("snapshot")).toEqual(before);
  });

  it("of a job that the strategy has stopped is refused, and says so", () => {
    const client = open();
    const stopped = { code: "endedJob", got: "job 3, which the strategy has stopped" };
    expect(client.refusal("tell", report(3, 1)).data).toMatchObject(stopped);
    expect(client.refusal("fail", { job: 3, reason: "lost" }).data).toMatchObject(stopped);
  });

  it("below the fidelity that the job has reached, which never came before, is refused as it always was", () => {
    expect(open().refusal("tell", report(0, 2, { fidelity: 2 })).data.code).toBe("badFidelity");
  });

  it("of a job that was given up as lost becomes a trial of its own, once", () => {
    const client = open();
    const { trials } = client.call("trials");
    expect(client.call("tell", report(4, 1, { fidelity: 3 }))).toEqual({ effect: "ignored", directives: [] });
    expect(client.call("tell", report(4, nan))).toEqual({ effect: "ignored", directives: [] });
    expect(client.call("trials").trials).toEqual(trials);
    expect(client.call("tell", report(4, 5))).toEqual({ effect: "observed", directives: [] });
    expect(client.call("tell", report(4, 5))).toEqual({ effect: "observed", directives: [], repeated: true });
    expect(client.refusal("tell", report(4, 6)).data.code).toBe("otherReport");
    const later: Any[] = client.call("trials").trials;
    expect(later.slice(0, -1)).toEqual(trials);
    expect(later.at(-1)).toMatchObject({ trial: 7, config: trials[4].config, status: "finished" });
    expect(client.call("best").front).toMatchObject([{ trial: 7, values: [5] }]);
  });
});

describe.each(places)("a trial that runs elsewhere, observed %s,", (_place, open) => {
  const config = { x: 0.25 };

  it("is reported as a job, once, also late", () => {
    const client = open();
    const until = { config, status: "running", measurements: [{ values: [1], constraints: [0], fidelity: 2 }], until: 6 };
    const { job } = client.call("observe", until);
    expect(client.call("running").jobs.at(-1)).toMatchObject({ id: job, config, until: 6, observed: true });
    expect(client.call("tell", report(job, 2, { fidelity: 4 }))).toEqual({ effect: "accepted", directives: [] });
    expect(client.call("tell", report(job, 2, { fidelity: 4 }))).toMatchObject({ repeated: true });
    client.call("fail", { job, reason: "lost" });
    expect(client.call("tell", report(job, 3))).toEqual({ effect: "observed", directives: [] });
    expect(client.call("tell", report(job, 3))).toMatchObject({ effect: "observed", repeated: true });
    expect(client.refusal("tell", report(job, 4)).data.code).toBe("otherReport");
    expect(client.call("trials").trials.slice(-2)).toMatchObject([
      { config, status: "failed", curve: [{ fidelity: 2 }, { fidelity: 4 }] },
      { config, status: "finished", curve: [{ fidelity: 6, values: [3] }] },
    ]);
  });

  it("has failed, or has several measurements", () => {
    const client = open();
    expect(client.call("observe", { config, status: "failed", reason: "timeout", error: "too slow" })).toEqual({});
    const measurements = [3, 9].map((fidelity) => ({ values: [fidelity], constraints: [0], fidelity }));
    expect(client.call("observe", { config, measurements })).toEqual({});
    expect(client.call("trials").trials.slice(-2)).toMatchObject([
      { status: "failed", failure: { reason: "timeout", error: "too slow" }, curve: [] },
      { status: "finished", curve: measurements },
    ]);
  });

  it.each([
    ["an unknown status", { status: "done" }, "wrongValue"],
    ["a running trial with a reason", { status: "running", reason: "lost" }, "wrongValue"],
    ["a finished trial without a measurement", { status: "finished", measurements: [] }, "wrongValue"],
    ["values and measurements", { values: [1], constraints: [0], measurements: [] }, "wrongValue"],
    ["measurements that descend", { measurements: [9, 3].map((fidelity) => ({ values: [1], constraints: [0], fidelity })) }, "badFidelity"],
    [
      "a running trial that is at its end",
      { status: "running", until: 3, measurements: [{ values: [1], constraints: [0], fidelity: 3 }] },
      "badFidelity",
    ],
  ])("is refused if it is %s, and nothing changes", (_name, trial, code) => {
    const client = open();
    const before = client.call("snapshot");
    expect(client.refusal("observe", { config, ...trial }).data.code).toBe(code);
    expect(client.call("snapshot")).toEqual(before);
  });
});

it("of a lost job is dropped by a strategy that takes no results from elsewhere", () => {
  const client = serverOn(null).client();
  client.call("open", { ...opening, strategy: { name: "hermit" } });
  client.call("ask");
  client.call("fail", { job: 0, reason: "lost" });
  expect(client.call("tell", report(0, 5))).toEqual({ effect: "ignored", directives: [] });
});

it("reports that come once, twice or three times give the same study", () => {
  const converse = (times: (index: number) => number): Any => {
    const client = serverOn(null).client();
    client.call("open", opening);
    for (let index = 0; index < 30; index++) {
      const [job] = client.call("ask").jobs;
      const calls: (readonly [string, object])[] =
        index % 5 === 0
          ? [["fail", { job: job.id, reason: "timeout", costSeconds: index }]]
          : [
              ["tell", report(job.id, (index * 7) % 11, { fidelity: 3 })],
              ["tell", report(job.id, (index * 7) % 11)],
            ];
      for (const [method, params] of calls) {
        if (!client.call("running").jobs.some(({ id }: Any) => id === job.id)) break;
        const first = client.call(method, params);
        for (let again = 1; again < times(index); again++) expect(client.call(method, params)).toEqual({ ...first, repeated: true });
      }
    }
    return client.call("snapshot");
  };
  expect(converse((index) => 1 + (index % 3))).toEqual(converse(() => 1));
});

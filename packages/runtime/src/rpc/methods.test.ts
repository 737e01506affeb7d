import { describe, expect, test } from "vitest";
import { type Any, type Client, connect } from "../../testing/client.ts";
import { canOf, registry } from "../../testing/registry.ts";
import { createSession } from "./session.ts";

const space = [
  { name: "x", kind: "real", low: -1, high: 1 },
  { name: "n", kind: "int", low: 1, high: 9 },
];

function opened(strategy = "uniform", problem: object = {}): Client {
  const client = connect(registry);
  client.call("open", { protocol: 1, seed: 7, strategy: { name: strategy }, problem: { space, ...problem } });
  return client;
}

const maximize = { objectives: [{ name: "value", goal: "maximize" }] };
const epochs = { fidelity: { unit: "epoch", min: 1, max: 9, whole: true } };

describe("a conversation", () => {
  test("opens a study, asks, tells, and knows the best trial", () => {
    const client = connect(registry);
    const about = client.call("open", { protocol: 1, seed: 7, strategy: { name: "uniform" }, problem: { space } });
    expect(about).toEqual({ name: "uniform", version: 1, can: canOf("uniform") });
    const { jobs, directives, then } = client.call("ask", { want: 3 });
    expect({ ids: jobs.map((job: Any) => [job.id, job.trial]), directives, then }).toEqual({
      ids: [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      directives: [],
      then: "more",
    });
    for (const job of jobs)
      expect(client.call("tell", { job: job.id, values: [job.id === 1 ? -5 : 5], costSeconds: 2 })).toEqual({
        effect: "accepted",
        directives: [],
      });
    expect(client.call("best")).toEqual({ front: [{ trial: 1, config: jobs[1].config, values: [-5] }] });
    expect(client.call("recommend")).toEqual({ config: jobs[1].config });
  });

  test("asks for one job where it is not said how many, and for none where none are wanted", () => {
    const client = opened();
    expect(client.call("ask").jobs).toHaveLength(1);
    expect(client.call("ask", { want: 0 })).toEqual({ jobs: [], directives: [], then: "more" });
    expect(client.call("ask", { want: 5, starts: 2 }).jobs).toHaveLength(2);
    expect(client.call("ask", { want: 5, finish: true }).jobs).toHaveLength(0);
    expect(client.call("ask", { want: 5, finish: false }).jobs).toHaveLength(5);
  });

  test("announces what a strategy is going to do when its study is opened, where that is known", () => {
    const said: string[] = [];
    for (const [name, problem] of [
      ["racing", epochs],
      ["racing", {}],
      ["uniform", epochs],
    ] as const) {
      const session = createSession(registry, { announce: (plan) => said.push(plan) });
      const params = { protocol: 1, seed: 7, strategy: { name }, problem: { space, ...problem } };
      expect(JSON.parse(session.answer(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "open", params }))!).result.name).toBe(name);
    }
    expect(said).toEqual(["races to 9 epoch"]);
  });

  test("has no best and recommends nothing before anything finished", () => {
    const client = opened();
    expect(client.call("best")).toEqual({ front: [] });
    expect(client.call("recommend")).toEqual({ config: null });
  });

  test("fills in the parameters that an enqueued configuration leaves out", () => {
    const client = opened();
    expect(client.call("enqueue", { config: { n: 3 } })).toEqual({});
    expect(client.call("enqueue", { config: {} })).toEqual({});
    const [first, second] = client.call("ask", { want: 2 }).jobs;
    expect(first.config).toEqual({ x: expect.any(Number), n: 3 });
    expect(Object.keys(second.config)).toEqual(["x", "n"]);
  });

  test("gives enqueued configurations to the next starts, in order", () => {
    const client = opened();
    const first = { x: 0.5, n: 3 };
    const second = { x: -0.5, n: 4 };
    expect(client.call("enqueue", { config: first })).toEqual({});
    client.call("enqueue", { config: second });
    expect(
      client
        .call("ask", { want: 3 })
        .jobs.slice(0, 2)
        .map((job: Any) => job.config),
    ).toEqual([first, second]);
  });

  test("counts observed results as trials", () => {
    const client = opened("uniform", maximize);
    expect(client.call("observe", { config: { x: 0, n: 1 }, values: [12.5] })).toEqual({});
    expect(client.call("best")).toEqual({ front: [{ trial: 0, config: { x: 0, n: 1 }, values: [12.5] }] });
  });

  test("takes a value that is not finite as the failure it is", () => {
    const client = opened();
    client.call("ask", { want: 2 });
    expect(client.call("tell", { job: 0, values: [{ $num: "NaN" }] }).effect).toBe("failed");
    expect(client.call("fail", { job: 1, reason: "timeout", costSeconds: 60 })).toEqual({ effect: "failed", directives: [] });
    expect(client.call("best")).toEqual({ front: [] });
  });

  test("reports each fidelity of a job, up to its end", () => {
    const client = opened("racing", epochs);
    const [job] = client.call("ask").jobs;
    expect([job.milestones, job.until]).toEqual([[3, 9], 9]);
    expect(client.call("tell", { job: 0, fidelity: 3, values: [1], last: false }).effect).toBe("accepted");
    expect(client.call("best").front).toHaveLength(1);
    expect(client.call("tell", { job: 0, values: [0.5], last: true }).effect).toBe("accepted");
    const fraction = opened("uniform", { fidelity: { unit: "share", min: 0.1, max: 0.3, whole: false } });
    fraction.call("ask");
    expect(fraction.call("tell", { job: 0, fidelity: 0.1 + 0.1 + 0.1, values: [0.5], last: true }).effect).toBe("accepted");
    expect(client.call("best").front[0].values).toEqual([0.5]);
  });

  test("passes on that a job is to stop, and refuses what it reports later", () => {
    const client = opened("racing", epochs);
    client.call("ask", { want: 2 });
    client.call("tell", { job: 0, fidelity: 3, values: [1] });
    expect(client.call("tell", { job: 1, fidelity: 3, values: [2] }).directives).toEqual([{ kind: "stop", job: 1 }]);
    expect(client.refusal("tell", { job: 1, values: [0] }).data.code).toBe("endedJob");
  });

  test("lists the strategies with their typed options", () => {
    expect(connect(registry).call("strategies").strategies[0]).toEqual({
      name: "uniform",
      doc: "The uniform one.",
      multiFidelity: false,
      adaptive: false,
      options: [{ name: "offset", param: { kind: "int", low: 0, high: 9, scale: "linear" }, default: 0, doc: "Points to leave out." }],
    });
  });

  test("opens strategies with options", () => {
    const jobsFrom = (offset: number): Any => {
      const client = connect(registry);
      client.call("open", { protocol: 1, seed: 7, strategy: { name: "uniform", options: { offset } }, problem: { space } });
      return client.call("ask", { want: 5 }).jobs.map((job: Any) => job.config);
    };
    expect(jobsFrom(2).slice(0, 3)).toEqual(jobsFrom(0).slice(2));
  });
});

describe("orientation", () => {
  test("values, predictions and best are the user's; maximising is minimising the negative", () => {
    const [up, down] = [opened("mean", maximize), opened("mean")];
    for (let round = 0; round < 5; round++) {
      const [higher] = up.call("ask").jobs;
      const [lower] = down.call("ask").jobs;
      const mean = lower.prediction.mean[0];
      expect(higher).toEqual({ ...lower, prediction: { mean: [mean === 0 ? 0 : -mean], sd: lower.prediction.sd } });
      const value = higher.config.x + higher.config.n;
      up.call("tell", { job: higher.id, values: [value] });
      down.call("tell", { job: lower.id, values: [-value] });
    }
    const [best] = up.call("best").front;
    expect(down.call("best").front).toEqual([{ ...best, values: [-best.values[0]] }]);
    const configs = [best.config, { x: 0, n: 1 }];
    const predicted = up.call("predict", { configs });
    expect(predicted.mean[0]).toBeGreaterThan(0);
    expect(down.call("predict", { configs })).toEqual({ mean: predicted.mean.map((value: number) => -value), sd: predicted.sd });
    expect(up.call("recommend")).toEqual(down.call("recommend"));
  });

  test("each of several objectives has its own, constraints have none", () => {
    const client = opened("uniform", {
      objectives: [
        { name: "accuracy", goal: "maximize" },
        { name: "latency", goal: "minimize" },
      ],
      constraints: ["memory"],
    });
    client.call("ask", { want: 4 });
    client.call("tell", { job: 0, values: [0.9, 10], constraints: [-1] });
    client.call("tell", { job: 1, values: [0.8, 5], constraints: [0] });
    client.call("tell", { job: 2, values: [0.7, 20], constraints: [-1] });
    client.call("tell", { job: 3, values: [1, 1], constraints: [1] });
    expect(client.call("best").front.map((one: Any) => one.values)).toEqual([
      [0.9, 10],
      [0.8, 5],
    ]);
  });

  test("zero stays zero, never -0, which would travel as an object", () => {
    const client = opened("mean", maximize);
    client.call("ask");
    client.call("tell", { job: 0, values: [0] });
    expect(client.call("best").front[0].values).toEqual([0]);
    expect(client.call("predict", { configs: [{ x: 0, n: 1 }] }).mean).toEqual([0]);
  });
});

test("a batch's snapshot is that of its place in the batch", () => {
  const [batched, single] = [opened(), opened()];
  const request = (id: number, method: string): object => ({ jsonrpc: "2.0", id, method });
  const answers = batched.line(JSON.stringify([request(1, "ask"), request(2, "snapshot"), request(3, "ask")]));
  single.call("ask");
  expect(answers[1].result).toEqual(single.call("snapshot"));
  expect(answers.map((answer: Any) => answer.id)).toEqual([1, 2, 3]);
});

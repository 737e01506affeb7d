/** A conversation with everything in it, held with the real process, as another program would hold it. */
import { derive, type Key, root, stream } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { type Any, installed, type Server, startServer } from "./caviar.ts";

type Param = { readonly name: string; readonly kind: string; readonly [key: string]: unknown };
export type ServedStudy = {
  readonly problem: object;
  readonly seed: string | number;
  readonly strategy: { readonly name: string; readonly options?: object };
};

/** A mixed space with a condition in it, drawn by the key. */
export function drawSpace(key: Key): readonly Param[] {
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
async function converse(server: Server, study: ServedStudy, space: readonly Param[], sign: 1 | -1): Promise<readonly Any[]> {
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

export async function endsWell(server: Server): Promise<void> {
  expect(await server.end()).toMatchObject({ code: 0, signal: null, stderr: "" });
}

/** The test of a strategy that trains every trial once. */
export function testEveryConversation(name: string): void {
  const space = drawSpace(derive(root("conformance"), name));
  const study: ServedStudy = {
    problem: { space },
    seed: 42,
    strategy: { name, ...(name === "bayesopt" && { options: { askEffort: 64 } }) },
  };

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
}

/** Conversations in which trials are trained step by step; two of them with the real process. Built first: `npm run build`. */
import { createSession } from "@caviar-hpo/runtime";
import { planOf, strategies } from "@caviar-hpo/tune";
import { describe, expect, test } from "vitest";
import { type Any, type Server, startServer } from "../testing/caviar.ts";

const space = [
  { name: "rate", kind: "real", low: 1e-4, high: 1, scale: "log" },
  { name: "layers", kind: "int", low: 1, high: 4 },
];
const fidelity = { unit: "epochs", min: 1, max: 9, whole: true };

/** Better the further it is trained; better for one rate than for another. */
function loss(config: Any, epoch: number): number {
  return Math.abs(Math.log10(config.rate) + 2) + config.layers / 10 + 1 / epoch;
}

type Run = { readonly jobs: Any[]; epochs: number; readonly saved: Set<string> };

/**
 * Trains what it is asked to, two jobs at once, the newer one first, until `most` jobs have begun or there are none; each epoch is
 * reported, until the server says stop. A checkpoint is the name of an epoch that was reached.
 */
async function train(
  server: Side,
  most: number,
  { asks = {} as object, running = [] as Any[], saved = new Set<string>() } = {},
): Promise<Run> {
  const run: Run = { jobs: [], epochs: 0, saved: new Set(saved) };
  for (;;) {
    if (run.jobs.length < most && running.length < 2) {
      const { jobs } = await server.call("ask", { want: Math.min(most - run.jobs.length, 2 - running.length), ...asks });
      run.jobs.push(...jobs);
      running.push(...jobs);
    }
    const job = running.pop();
    if (job === undefined) return run;
    if (job.from !== null) expect(run.saved).toContain(`${job.from.trial}@${job.from.fidelity}`);
    for (let epoch = (job.from?.fidelity ?? 0) + 1; epoch <= job.until; epoch++) {
      run.epochs++;
      run.saved.add(`${job.trial}@${epoch}`);
      const { directives } = await server.call("tell", { job: job.id, values: [loss(job.config, epoch)], fidelity: epoch });
      if (directives.some((one: Any) => one.kind !== "discard" && one.job === job.id)) break;
    }
  }
}

type Side = Pick<Server, "call" | "refusal">;

/** A conversation in this process: a process for each strategy would cost more than all that they say. */
function converse(): Side {
  const session = createSession(strategies);
  const send = (method: string, params?: object): Any =>
    JSON.parse(session.answer(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }))!);
  return {
    call: async (method, params) => send(method, params).result,
    refusal: async (method, params) => send(method, params).error,
  };
}

async function open<S extends Side>(side: S, name: string, problem: object, options: object = {}): Promise<S> {
  await side.call("open", { protocol: 1, seed: 3, strategy: { name, options }, problem: { space, fidelity, ...problem } });
  return side;
}

const small: { readonly [name: string]: object } = {
  gpHyperband: { askEffort: 64 },
  gpAsha: { askEffort: 64 },
  freezeThaw: { askEffort: 64 },
  populationBased: { population: 4 },
};
/** This one trains on without a pause. */
const neverResume: readonly string[] = ["medianRule"];

/** Fifteen jobs, a snapshot in the middle of a bracket, and the same future for who takes it up elsewhere. */
async function trainsAndMoves<S extends Side>(begin: () => S, name: string, resumable: boolean): Promise<readonly [S, S]> {
  const here = await open(begin(), name, { resumable }, small[name]);
  const { jobs, saved } = await train(here, 15);
  expect(jobs.length).toBeGreaterThan(8);
  expect(jobs.some((job) => job.from !== null)).toBe(resumable && !neverResume.includes(name));
  const asked = await here.call("ask", { want: 2 });
  const { snapshot } = await here.call("snapshot");
  const there = begin();
  const { running } = await there.call("restore", { snapshot });
  expect(running).toEqual(asked.jobs);
  const [stayed, moved] = [
    await train(here, 6, { running: [...asked.jobs], saved }),
    await train(there, 6, { running: [...asked.jobs], saved }),
  ];
  expect(moved.jobs).toEqual(stayed.jobs);
  expect(await there.call("snapshot")).toEqual(await here.call("snapshot"));
  expect((await here.call("best")).front.length).toBeGreaterThan(0);
  return [here, there];
}

describe.each(strategies.flatMap(({ name, needs }) => (needs.includes("fidelity") ? [name] : [])))("a study with %s", (name) => {
  test.each([true, false])(
    "trains where resumable is %s, and a snapshot in the middle has the same future elsewhere",
    async (resumable) => {
      await trainsAndMoves(converse, name, resumable);
    },
  );

  test("is refused where the problem has no fidelity, and says what to do; another can be opened then", async () => {
    const side = converse();
    const refused = await side.refusal("open", { protocol: 1, seed: 3, strategy: { name }, problem: { space } });
    expect(refused).toMatchObject({ code: -32602, data: { code: "unsuitableStrategy", expected: "a problem with a fidelity" } });
    expect(refused.data.remedy).toContain("fidelity: {");
    await open(side, name, {});
    expect((await side.call("ask")).jobs).toHaveLength(1);
  });
});

describe("a separate process", () => {
  test.each(["hyperband", "asha"])("serves %s, and another one continues with it", async (name) => {
    const plan = planOf(name, {}, { fidelity })!;
    for (const resumable of [true, false]) {
      const [here, there] = await trainsAndMoves(startServer, name, resumable);
      expect(await here.end()).toMatchObject({ code: 0, stderr: `${plan}\n` });
      expect(await there.end()).toMatchObject({ code: 0, stderr: "" });
    }
  });
});

describe("one iteration of hyperband", () => {
  test("spends the resource of its table", async () => {
    for (const [resumable, epochs] of [
      [true, 69],
      [false, 78],
    ] as const) {
      const side = await open(converse(), "hyperband", { resumable }, { iterations: 1, eta: 3, convention: "algorithm1" });
      const run = await train(side, 1000);
      expect([run.jobs.length, run.epochs]).toEqual([22, epochs]);
      expect((await side.call("ask")).then).toBe("done");
    }
  });

  test("whose trials are spent in the middle of a rung waits for more, or finishes with those there are", async () => {
    const side = await open(converse(), "hyperband", { resumable: true });
    const { saved } = await train(side, 7);
    expect(await side.call("ask", { want: 4, starts: 0 })).toMatchObject({ jobs: [], then: "wait" });
    const finished = await train(side, 100, { asks: { finish: true }, saved });
    expect(finished.jobs.map((job) => [job.from.fidelity, job.until])).toEqual([
      [1, 3],
      [1, 3],
      [1, 3],
      [3, 9],
    ]);
    expect((await side.call("ask", { want: 1 })).jobs[0]).toMatchObject({ trial: 7, until: 3 });
  });

  test("options out of range and unknown ones are refused by name", async () => {
    const side = converse();
    const refusal = async (name: string, options: object): Promise<Any> =>
      (await side.refusal("open", { protocol: 1, seed: 3, strategy: { name, options }, problem: { space, fidelity } })).data;
    expect(await refusal("bohb", { etta: 3 })).toMatchObject({ code: "unknownOption", remedy: 'Did you mean "eta"?' });
    expect((await refusal("bohb", { eta: 1 })).expected).toContain("[2");
    expect(await refusal("hyperband", { convention: "kerastuner" })).toMatchObject({ got: '"kerastuner"' });
  });
});

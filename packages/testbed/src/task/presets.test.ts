import { ConfigError, createSpace, decode, derive, root, stream } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { courseAdamTask, courseTask } from "./courseTask.ts";
import { hpobenchTask } from "./hpobenchTask.ts";
import { funnel, lcbenchTask } from "./lcbenchTask.ts";
import { loadTask, taskNames } from "./namedTasks.ts";
import type { Task } from "./task.ts";
import { tinyTask } from "./tiny.fixture.ts";

const { data } = tinyTask();
const presets: readonly (readonly [string, Task])[] = [
  ["course", courseTask(data)],
  ["course-adam", courseAdamTask(data)],
  ["lcbench", lcbenchTask(data)],
  ["hpobench", hpobenchTask(data)],
];

function configAt(task: Task, unit: (axis: number) => number): ReturnType<typeof decode> {
  const { space } = task.problem;
  return decode(
    space,
    Float64Array.from({ length: space.dims }, (_, axis) => unit(axis)),
  );
}

describe.each(presets)("%s", (_name, task) => {
  it("makes a network of every corner of its space, and of points within", () => {
    const { dims } = task.problem.space;
    for (let corner = 0; corner < 2 ** dims; corner++) {
      const config = configAt(task, (axis) => (corner >> axis) & 1);
      expect(task.epochFlops(config)).toBeGreaterThan(0);
    }
    for (let point = 0; point < 4; point++) {
      const source = stream(derive(root("within"), point));
      const training = task.train(
        configAt(task, () => source.uniform() / 2),
        root(0),
      );
      if (training.advance(1)) expect(training.validate()).toBeLessThanOrEqual(1);
      expect(training.trainer.examples.n).toBe(150);
    }
  });
});

describe("the course's space", () => {
  const task = courseTask(data);

  it("names its hyperparameters in the order in which the course says they matter, on the course's scales", () => {
    const scaleOf = (param: object): unknown => ("scale" in param ? param.scale : "choice");
    expect(task.problem.space.params.map(([name, param]) => [name, scaleOf(param)])).toEqual([
      ["learningRate", "log"],
      ["momentum", "oneMinusLog"],
      ["batchSize", "log"],
      ["hiddenUnits", "linear"],
      ["layers", "linear"],
      ["decay", "log"],
      ["batchNorm", "choice"],
    ]);
  });

  it("becomes settings: momentum as the course writes it, a rate that falls as 1 / (1 + decay epoch), equal layers", () => {
    const config = { learningRate: 0.5, momentum: 0.95, batchSize: 32, hiddenUnits: 20, layers: 3, decay: 0.1, batchNorm: false };
    const { trainer } = task.train(config, root(0));
    expect(trainer.settings).toMatchObject({
      batchSize: 32,
      learningRate: 0.5,
      optimiser: { name: "momentum", beta: 0.95, convention: "course" },
      schedule: { name: "inverseTime", decay: 0.1 },
    });
    expect(trainer.architecture).toMatchObject({ hidden: [20, 20, 20], batchNorm: null });
    const { momentum, ...rest } = config;
    expect(momentum).toBe(0.95);
    const adam = courseAdamTask(data).train({ ...rest, batchNorm: true }, root(0)).trainer;
    expect(adam.settings.optimiser).toEqual({ name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
    expect(adam.architecture.batchNorm).toMatchObject({ decay: 0.9, populationStatistics: "recomputed" });
  });

  it("trains for as many epochs as one asks for", () => {
    expect(courseTask(data, { maxEpochs: 81 }).fidelity).toEqual({ unit: "epochs", min: 1, max: 81, whole: true });
  });
});

describe("LCBench's funnel", () => {
  const of = (num_layers: number, max_units: number, max_dropout: number): ReturnType<typeof funnel> =>
    funnel({ ...data.train, d: 100 }, { num_layers, max_units, max_dropout });

  it("falls in equal steps towards the outputs, from no less than the inputs, as Auto-PyTorch's does", () => {
    // ShapedMlpNet with 100 inputs, 2 outputs: int((512 - 2) / 4) = 127, int((100 - 2) / 2) = 49.
    expect(of(5, 512, 0).hidden).toEqual([512, 385, 258, 131]);
    expect(of(3, 64, 0).hidden).toEqual([100, 51]);
    expect(of(1, 64, 1)).toEqual({ hidden: [], dropout: [] });
  });

  it("drops less from layer to layer, nothing where it would begin at .05, and never everything", () => {
    expect(of(5, 64, 0.8).dropout).toEqual([0.8, 0.6000000000000001, 0.4, 0.2]);
    expect(of(3, 64, 0.05).dropout).toEqual([0, 0]);
    expect(of(2, 64, 1).dropout).toEqual([0.99]);
  });
});

describe("tasks by name", () => {
  it("are data and a space", () => {
    expect(taskNames).toHaveLength(20);
    expect(taskNames).toEqual(expect.arrayContaining(["digits-course", "digits-28-course-adam", "moons-lcbench", "teacher-hpobench"]));
    expect(new Set(taskNames).size).toBe(taskNames.length);
  });

  it.each(["moons-course", "spirals-course-adam", "teacher-lcbench"])(
    "%s needs no package, and is the same whenever it is loaded",
    async (name) => {
      const [one, two] = [await loadTask(name), await loadTask(name)];
      expect(one.data.train.inputs).toEqual(two.data.train.inputs);
      expect(one.data.test.n).toBe(1500);
      expect(one.problem).toEqual({ ...one.problem, space: createSpace(one.space) });
    },
  );

  it("with a wrong one leads to the nearest", async () => {
    await expect(loadTask("digit-course")).rejects.toThrow(/Did you mean "digits-course"/);
    await expect(loadTask("digit-course")).rejects.toThrow(ConfigError);
  });

  it("judges HPOBench's alpha by the rows of a mini-batch", () => {
    const config = { depth: 1, width: 16, batch_size: 64, alpha: 0.32, learning_rate_init: 1e-3 };
    expect(hpobenchTask(data).train(config, root(0)).trainer.settings.l2).toBe(0.005);
    expect(hpobenchTask(data).train({ ...config, batch_size: 256 }, root(0)).trainer.settings.l2).toBe(0.32 / 150);
  });
});

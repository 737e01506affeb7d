import {
  type Config,
  choice,
  complete,
  compose,
  createSpace,
  type Event,
  encode,
  given,
  int,
  LimitError,
  real,
  replay,
  type Space,
  type Study,
  startStudy,
} from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { problemOf } from "../study.fixture.ts";
import { type GridOptions, gridSampler } from "./grid.ts";
import { gridTree } from "./gridTree.ts";

const mixed = createSpace({
  kernel: choice(["linear", "rbf", "poly"]),
  gamma: given("kernel", ["rbf", "poly"], real(1e-3, 1, { scale: "log" })),
  degree: given("kernel", ["poly"], int(2, 4)),
  shrinking: choice([true, false]),
});
const options: GridOptions = { resolution: 4 };
const size = 2 * (1 + 4 + 12);

function open(space: Space, given: GridOptions = options, seed = 1): { readonly study: Study; readonly events: Event[] } {
  const events: Event[] = [];
  const study = startStudy({ problem: problemOf(space), strategy: compose(complete, gridSampler(given)), seed }, (event) =>
    events.push(event),
  );
  return { study, events };
}

const text = (config: Config): string => JSON.stringify(config);
const gridOf = (space: Space, resolution: number): readonly string[] => {
  const tree = gridTree(space, resolution);
  return Array.from({ length: tree.size }, (_, rank) => text(tree.at(rank))).sort();
};

/** Asks `want` at a time and evaluates everything, `fate` saying which jobs are lost, until the grid is done. */
function exhaust(study: Study, want: number, fate: (config: Config, time: number) => boolean = () => false): void {
  const times = new Map<string, number>();
  for (let turn = 0; turn < 10_000 && !(study.done && study.history.running.length === 0); turn++) {
    study.ask({ want });
    for (const job of study.history.running) {
      const time = (times.get(text(job.config)) ?? 0) + 1;
      times.set(text(job.config), time);
      if (fate(job.config, time)) study.fail(job.id, "lost");
      else study.tell(job.id, { values: [1] });
    }
  }
}

const configsOf = (study: Study): readonly string[] => study.history.trials.map((trial) => text(trial.config));

describe("a grid visits every configuration exactly once", () => {
  it.each([1, 2, 7, size - 1, size, size + 1, 1000])("asked for %i at a time", (want) => {
    const { study } = open(mixed);
    exhaust(study, want);
    expect(study.done).toBe(true);
    expect([...configsOf(study)].sort()).toEqual(gridOf(mixed, 4));
  });

  it("also where every job fails for good reasons", () => {
    for (const reason of ["threw", "timeout", "nonfinite", "infeasible"] as const) {
      const { study } = open(mixed);
      while (!study.done) for (const job of study.ask({ want: 3 }).jobs) study.fail(job.id, reason);
      expect([...configsOf(study)].sort()).toEqual(gridOf(mixed, 4));
    }
  });

  it("across a replay at any moment", () => {
    const { study, events } = open(mixed);
    exhaust(study, 4);
    for (const length of [0, 1, 2, 9, 20, events.length - 1]) {
      const strategy = compose(complete, gridSampler(options));
      const again = replay({ problem: problemOf(mixed), strategy, seed: 1 }, events.slice(0, length));
      exhaust(again, 4);
      expect(configsOf(again)).toEqual(configsOf(study));
    }
  });

  it("of a space without parameters too", () => {
    const { study } = open(createSpace({}));
    exhaust(study, 5);
    expect(configsOf(study)).toEqual(["{}"]);
  });
});

describe("a grid never repeats", () => {
  const [first, second, third] = gridOf(mixed, 4).map((one) => JSON.parse(one) as Config);
  const foreign: Config = { kernel: "rbf", gamma: 0.5, shrinking: true };

  it.each([1, 3, 100])("a point that was observed or enqueued, before or on the way, asked for %i at a time", (want) => {
    const { study } = open(mixed);
    study.observe(first!, { values: [1] });
    study.observe(foreign, { values: [1] });
    study.enqueue(second!);
    for (const job of study.ask({ want: 2 }).jobs) study.tell(job.id, { values: [1] });
    const left = gridOf(mixed, 4).filter((one) => !configsOf(study).includes(one));
    study.enqueue(JSON.parse(left[0]!) as Config);
    study.observe(JSON.parse(left[1]!) as Config, { values: [1] });
    exhaust(study, want);
    expect([...configsOf(study)].sort()).toEqual([...gridOf(mixed, 4), text(foreign)].sort());
  });

  it("a point that is still waiting in the queue", () => {
    const { study } = open(mixed);
    for (const config of [first!, second!, third!]) study.enqueue(config);
    exhaust(study, 1);
    expect(new Set(configsOf(study)).size).toBe(size);
    expect(study.history.trials).toHaveLength(size);
  });
});

describe("a grid never loses a point:", () => {
  it.each([1, 5, 1000])("what was lost once or twice is tried again, asked for %i at a time", (want) => {
    const { study } = open(mixed);
    exhaust(study, want, (config, time) => time <= (config.shrinking ? 1 : 2));
    const measured = study.history.trials.filter((trial) => trial.status === "finished").map((trial) => text(trial.config));
    expect(measured.sort()).toEqual(gridOf(mixed, 4));
    expect(study.history.trials).toHaveLength((size / 2) * (2 + 3));
  });

  it("three times, then it is given up", () => {
    const { study } = open(mixed);
    exhaust(study, 6, (config) => config.kernel === "linear");
    const tries = study.history.trials.filter((trial) => trial.config.kernel === "linear");
    expect(tries).toHaveLength(2 * 4);
    expect(tries.every((trial) => trial.status === "failed")).toBe(true);
    expect(study.history.trials).toHaveLength(size - 2 + 8);
  });

  it("it waits for the last ones that run, also those of the same ask, and is done only then", () => {
    const { study } = open(createSpace({ x: choice(["a", "b", "c"]) }));
    const { jobs, then } = study.ask({ want: 10 });
    expect([jobs.length, then]).toEqual([3, "wait"]);
    study.tell(jobs[0]!.id, { values: [1] });
    study.tell(jobs[1]!.id, { values: [1] });
    expect(study.ask({ want: 10 })).toMatchObject({ jobs: [], then: "wait" });
    study.fail(jobs[2]!.id, "lost");
    const again = study.ask({ want: 10 });
    expect(again.jobs.map((job) => job.config)).toEqual([jobs[2]!.config]);
    study.tell(again.jobs[0]!.id, { values: [1] });
    expect(study.ask({ want: 10 }).then).toBe("done");
  });

  it("an enqueued point of the grid that was lost is tried again, another one is not", () => {
    const { study } = open(createSpace({ x: real(0, 1) }), { resolution: 2 });
    study.enqueue({ x: 0 });
    study.enqueue({ x: 0.3 });
    exhaust(study, 2, (config, time) => time === 1 && config.x !== 1);
    expect([...configsOf(study)].sort()).toEqual(['{"x":0.3}', '{"x":0}', '{"x":0}', '{"x":1}']);
  });
});

describe("the order", () => {
  const xs = createSpace({ x: real(0, 1), y: real(0, 1) });

  it("is the same for the same seed, another for another", () => {
    const orders = [1, 1, 2, 3, 4].map((seed) =>
      open(xs, options, seed)
        .study.ask({ want: 10 })
        .jobs.map((job) => text(job.config))
        .join(),
    );
    expect(orders[0]).toBe(orders[1]);
    expect(new Set(orders).size).toBe(4);
  });

  it("spreads a budget that is smaller than the grid: each quarter of the square has its share", () => {
    const counts = [0, 0, 0, 0];
    for (let seed = 0; seed < 20; seed++) {
      for (const job of open(xs, { resolution: 100 }, seed).study.ask({ want: 50 }).jobs) {
        const unit = encode(xs, job.config);
        counts[(unit[0]! < 0.5 ? 0 : 1) + (unit[1]! < 0.5 ? 0 : 2)]!++;
      }
    }
    // 1,000 points, 250 a quarter, standard deviation 13.7: six of them.
    expect(counts.every((count) => Math.abs(count - 250) < 83)).toBe(true);
  });
});

describe("options", () => {
  it("points lowers the resolution until the grid is small enough", () => {
    const { study } = open(createSpace({ x: real(0, 1), y: real(0, 1), z: choice(["a", "b"]) }), { points: 40 });
    exhaust(study, 10);
    expect(study.history.trials).toHaveLength(2 * 4 * 4);
  });

  test.each([{ resolution: 0 }, { resolution: 1.5 }, { points: 0 }, { resolutions: 3 }])("%o is refused", (bad) => {
    expect(() => gridSampler(bad)).toThrow(/of grid/);
  });
});

describe("large grids", () => {
  it("of 10^15 points give their points at once, all different, and end when the study does", () => {
    const space = createSpace(Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`x${index}`, real(0, 1)])));
    const { study } = open(space, {});
    const { jobs } = study.ask({ want: 500 });
    expect(new Set(jobs.map((job) => text(job.config))).size).toBe(500);
  });

  it("of more than can be numbered are refused when the study is opened", () => {
    const bits = createSpace(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`b${index}`, choice([true, false])])));
    expect(() => open(bits)).toThrow(LimitError);
  });
});

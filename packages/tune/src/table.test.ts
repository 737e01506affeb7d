import { virtualClock } from "@caviar-hpo/core/testing";
import { expect, it } from "vitest";
import { choice, createStudy, given, real, toTable } from "./index.ts";

it("a table has a row per trial, with the columns of the problem", async () => {
  const clock = virtualClock(() => new Promise((resolve) => setTimeout(resolve)));
  const study = createStudy({
    space: { status: choice(["on", "off"]), rate: given("status", ["on"], real(0, 1)) },
    objectives: [
      { name: "loss", goal: "minimize" },
      { name: "trial", goal: "maximize" },
    ],
    constraints: ["size"],
    fidelity: { unit: "epochs", min: 1, max: 9 },
    strategy: "random",
  });
  study.enqueue({ status: "on", rate: 0.25 });
  study.enqueue({ status: "off" });
  study.enqueue({ status: "off" });
  const work = study.optimize(
    async ({ trial, measure }) => {
      await clock.sleep(1500);
      if (trial === 1) throw new Error("out of memory");
      measure({ values: [3, 4], constraints: [1] }, 5);
      if (trial === 2) return { values: [NaN, 1], constraints: [0] };
      return { values: [1, 2], constraints: [-1] };
    },
    { trials: 3, clock },
  );
  await clock.run(work);
  const nothing = { values_loss: null, values_trial: null, constraints_size: null };
  expect(toTable(study)).toEqual([
    {
      trial: 0,
      status: "finished",
      params_status: "on",
      params_rate: 0.25,
      values_loss: 1,
      values_trial: 2,
      constraints_size: -1,
      fidelity: 9,
      seconds: 1.5,
      error: null,
    },
    {
      trial: 1,
      status: "failed",
      params_status: "off",
      params_rate: null,
      ...nothing,
      fidelity: null,
      seconds: null,
      error: "out of memory",
    },
    {
      trial: 2,
      status: "failed",
      params_status: "off",
      params_rate: null,
      values_loss: 3,
      values_trial: 4,
      constraints_size: 1,
      fidelity: 5,
      seconds: 1.5,
      error: "nonfinite",
    },
  ]);
  const columns = toTable(study).map((row) => Object.keys(row).join());
  expect(new Set(columns).size).toBe(1);
});

it("a table of a problem and its trials shows how long each trial took, if that is known", () => {
  const study = createStudy({ space: { x: real(0, 1) } });
  study.observe({ x: 0.5 }, { value: 1, costSeconds: 7 });
  const [trial] = study.trials();
  const { problem } = study.core;
  expect(toTable({ problem, trials: [trial!, { ...trial!, durationSeconds: 3 }] }).map(({ seconds }) => seconds)).toEqual([7, 3]);
});

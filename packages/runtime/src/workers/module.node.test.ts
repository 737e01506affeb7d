import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { real } from "@caviar-hpo/tune";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStudy } from "../log/openStudy.ts";

const objective = (name: string): URL => new URL(`../../testing/programs/${name}`, import.meta.url);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caviar-module-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(["thread", "process"] as const)("a module in a %s", (executor) => {
  it("is evaluated for each trial once", async () => {
    const study = await openStudy(folder, { space: { x: real(0, 1) } });
    await study.optimize(objective("bowl.mjs"), { trials: 12, workers: 3, executor });
    const trials = study.trials();
    expect(trials.map(({ curve, config }) => curve.map(({ values }) => values[0]! - (Number(config.x) - 0.3) ** 2))).toEqual(
      Array(12).fill([0]),
    );
    study.close();
  });

  it("measures, saves and continues from checkpoints as it does in this process", async () => {
    const options = {
      space: { learningRate: real(0.01, 1) },
      fidelity: { unit: "epochs", min: 1, max: 9 },
      resumable: true,
      strategy: "asha",
    } as const;
    const { default: train } = await import("../../testing/programs/training.mjs");
    const logs: unknown[] = [];
    for (const [name, where] of [
      ["here", train],
      ["there", objective("training.mjs")],
    ] as const) {
      const study = await openStudy(join(folder, name), options);
      await study.optimize(where, { trials: 12, ...(name === "there" ? { executor } : {}) });
      logs.push(
        study.trials().map(({ config, status, curve }) => ({ config, status, curve: curve.map((at) => [at.fidelity, ...at.values]) })),
      );
      study.close();
    }
    expect(logs[1]).toEqual(logs[0]);
  });
});

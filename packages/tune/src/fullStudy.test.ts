import { expect, it } from "vitest";
import { createStudy, real } from "./index.ts";

it("a job that you evaluate yourself can fail, and the trial says why", () => {
  const study = createStudy({ space: { x: real(0, 1) } });
  const [first, second] = study.ask({ want: 2 });
  study.fail(first!.id, "threw", "no data");
  study.fail(second!.id, "lost");
  expect(study.trials().map(({ status, failure }) => [status, failure])).toEqual([
    ["failed", { reason: "threw", error: "no data" }],
    ["failed", { reason: "lost" }],
  ]);
});

it("a list of trials stays as it was when later events come", () => {
  const study = createStudy({ space: { x: real(0, 1) }, fidelity: { unit: "epochs", min: 1, max: 9 }, strategy: "random" });
  const [job] = study.ask();
  const before = study.trials();
  study.tell(job!.id, 1, 3);
  study.tell(job!.id, 1);
  expect(before).toMatchObject([{ status: "running", curve: [] }]);
  expect(study.trials()).toMatchObject([{ status: "finished", curve: [{ fidelity: 3 }, { fidelity: 9 }] }]);
});

it("a failed trial is tried again by enqueueing its configuration", async () => {
  const study = createStudy({ space: { x: real(0, 1) } });
  let broken = true;
  const objective = ({ config }: { readonly config: { readonly x: number } }): number => {
    if (broken && config.x > 0.5) throw new Error("out of memory");
    return config.x;
  };
  await study.optimize(objective, { trials: 8 });
  broken = false;
  const failed = study.trials().filter(({ status }) => status === "failed");
  for (const { config } of failed) study.enqueue(config as { x: number });
  await study.optimize(objective, { trials: 8 + failed.length });
  expect(failed.length).toBeGreaterThan(0);
  expect(study.trials().slice(8)).toMatchObject(failed.map(({ config }) => ({ config, status: "finished" })));
});

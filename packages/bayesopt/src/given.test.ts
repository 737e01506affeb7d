/** A partial configuration: the optimiser chooses the rest by its model, knowing the given values. */
import { complete, compose, createSpace, derive, real, root, startStudy, stream } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { problemOf } from "../testing/studies.ts";
import { bayesoptSampler } from "./bayesopt.ts";

const space = createSpace({ x: real(0, 1), y: real(0, 1) });

it("where only values near each other are good, the chosen value is near the given one", () => {
  const study = startStudy({
    problem: problemOf(space),
    strategy: compose(complete, bayesoptSampler({ initial: 2, askEffort: 256 })),
    seed: 1,
  });
  const source = stream(derive(root("given")));
  for (let trial = 0; trial < 24; trial++) {
    const [x, y] = [source.uniform(), source.uniform()];
    study.observe({ x, y }, { values: [(x - y) * (x - y)] });
  }
  for (const x of [0.1, 0.5, 0.9]) {
    study.enqueue({ x });
    const [job] = study.ask().jobs;
    expect(job!.config.x).toBe(x);
    expect(Math.abs((job!.config.y as number) - x)).toBeLessThan(0.2);
    // The prediction is that of the completed configuration.
    expect(job!.prediction!.mean[0]).toBeCloseTo(study.predict([job!.config])!.mean[0]!, 6);
    study.tell(job!.id, { values: [x / 1000] });
  }
});

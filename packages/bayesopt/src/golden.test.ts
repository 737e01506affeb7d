/**
 * The first suggestions on three problems as exact numbers, with all defaults: the same bits in Node and in browsers, and a sign of every
 * change of what the optimiser suggests. `npm run test:update` renews them.
 */
import { choice, derive, given, int, real, root, stream } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { branin, open, run } from "../testing/studies.ts";

test("suggestions are those that they were, to the bit", async () => {
  const plain = run(open({ x: real(-5, 10), y: real(0, 15) }), 25, ({ x, y }) => branin(x as number, y as number));

  const shape = {
    model: choice(["tree", "net", "line"]),
    depth: given("model", ["tree"], int(1, 12)),
    rate: given("model", ["net"], real(1e-5, 1, { scale: "log" })),
    size: real(0, 1),
  };
  const mixed = run(
    open(shape, { constraints: 1 }),
    25,
    ({ model, depth, rate, size }, { id }) => {
      if (id % 7 === 3) return id % 2 === 0 ? "threw" : "lost";
      const loss = model === "tree" ? Math.abs((depth as number) - 7) / 12 : model === "net" ? (rate as number) : 0.5;
      return { values: [loss + ((size as number) - 0.7) * ((size as number) - 0.7)], constraints: [(size as number) - 0.9] };
    },
    3,
  );

  const noisy = run(open({ a: real(0, 1), b: int(1, 100), c: real(0, 1) }), 25, ({ a, b, c }, { id }) => {
    const noise = stream(derive(root("noise"), id)).normal();
    return (a as number) * (b as number) + 10 * (c as number) * (c as number) + noise;
  });

  const suggested = { plain, mixed, noisy };
  const lines = Object.entries(suggested).map(([name, { history }]) => {
    const configs = history.trials.map(({ config }) => `    ${JSON.stringify(config)}`);
    return `  ${JSON.stringify(name)}: [\n${configs.join(",\n")}\n  ]`;
  });
  await expect(`{\n${lines.join(",\n")}\n}\n`).toMatchFileSnapshot("bayesopt.golden.json");
});

import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { buildReport } from "../buildReport.ts";

/** One golden figure a kind, to be looked at as well as compared; `vitest --update` rewrites them. */
describe("the golden figures", () => {
  const { files } = buildReport(
    campaign({ strategies: ["random", "sobol", "grid", "random x2"], problems: ["branin"], seeds: 5, budget: 8 }),
  );

  it.each(["ranking", "factor", "rank-over-budget", "curves-1-branin"])("%s", async (name) => {
    await expect(files.find((file) => file.name === `fig/${name}.svg`)!.text).toMatchFileSnapshot(`../../golden/${name}.svg`);
    await expect(files.find((file) => file.name === `fig/${name}.csv`)!.text).toMatchFileSnapshot(`../../golden/${name}.csv`);
  });
});

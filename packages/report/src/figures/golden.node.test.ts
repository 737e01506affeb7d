import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { resourceCampaign } from "../../testing/resourceCampaign.ts";
import { buildReport } from "../buildReport.ts";

/** One golden figure a kind, to be looked at as well as compared; `vitest --update` rewrites them. */
describe("the golden figures", () => {
  const { files } = buildReport(
    campaign({ strategies: ["random", "sobol", "grid", "random x2"], problems: ["branin"], seeds: 5, budget: 8 }),
  );

  const { files: spending } = buildReport(resourceCampaign({ problems: ["curves"], seeds: 5 }));

  it.each(["speed-up", "curves-1-curves"])("%s, over resource", async (name) => {
    for (const kind of ["svg", "csv", "json"]) {
      await expect(spending.find((file) => file.name === `fig/${name}.${kind}`)!.text).toMatchFileSnapshot(`../../golden/${name}.${kind}`);
    }
  });

  it.each(["ranking", "rank-over-budget", "random-equivalents", "factors", "runtime", "data-profiles", "curves-1-branin"])(
    "%s",
    async (name) => {
      await expect(files.find((file) => file.name === `fig/${name}.svg`)!.text).toMatchFileSnapshot(`../../golden/${name}.svg`);
      await expect(files.find((file) => file.name === `fig/${name}.csv`)!.text).toMatchFileSnapshot(`../../golden/${name}.csv`);
    },
  );
});

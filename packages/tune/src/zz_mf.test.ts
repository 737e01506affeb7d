import { complete, compose, createSpace, openStudy, real } from "@caviar/core";
import { strategyLaws } from "@caviar/core/testing";
import * as hb from "@caviar/hyperband";
import { bohbSampler, dehbSampler, differentialEvolutionSampler, randomSampler, tpeSampler } from "@caviar/samplers";
import { test } from "vitest";

const h: any = hb;
const makers: any = {
  random: () => compose(h.hyperband(), randomSampler()),
  bohb: () => compose(h.hyperband(), bohbSampler()),
  tpeHB: () => compose(h.hyperband(), tpeSampler()),
  dehb: () => compose(h.hyperband({ promote: "refill" }), dehbSampler()),
  deHB: () => compose(h.hyperband(), differentialEvolutionSampler()),
  randRefill: () => compose(h.hyperband({ promote: "refill" }), randomSampler()),
};
test("compare", () => {
  console.log(Object.keys(hb));
  for (const resume of [true])
    for (const [name, make] of Object.entries<any>(makers)) {
      const out: number[][] = [];
      for (let seed = 0; seed < 12; seed += 1) {
        const space = createSpace(Object.fromEntries(Array.from({ length: 6 }, (_, i) => ["x" + i, real(0, 1)])));
        const study = openStudy({
          problem: {
            space,
            objectives: [{ name: "v", goal: "minimize" }],
            constraints: [],
            fidelity: { unit: "e", min: 1, max: 81, whole: true },
            resumable: true,
          },
          strategy: make(),
          seed,
        });
        let cost = 0,
          best = Infinity;
        const marks = [2000, 5000, 10000, 20000];
        const row: number[] = [];
        while (row.length < marks.length) {
          const asked = study.ask(1);
          if (asked.jobs.length === 0) throw new Error("none");
          for (const job of asked.jobs) {
            const x = Object.values(job.config) as number[];
            const f = x.reduce((s, v, i) => s + (v - 0.2 - 0.1 * i) ** 2, 0);
            const v = f + (Math.sin(13 * x[0]! + 7 * x[1]!) * 0.5) / Math.sqrt(job.until);
            cost += job.until - (job.from?.fidelity ?? 0);
            if (job.until === 81) best = Math.min(best, f);
            study.tell(job.id, { values: [v], fidelity: job.until });
            while (row.length < marks.length && cost >= marks[row.length]!) row.push(best);
          }
        }
        out.push(row);
      }
      const med = (k: number) =>
        out
          .map((r) => r[k]!)
          .sort((a, b) => a - b)[6]!
          .toFixed(4);
      console.log(name, [0, 1, 2, 3].map(med).join(" "));
    }
}, 300000);

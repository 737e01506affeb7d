import { compose, type Job, type Strategy, startStudy } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { uniformPoints } from "../testing/samplers.ts";
import { problemTo, runToEnd } from "../testing/studies.ts";
import { type MedianRuleOptions, medianRule } from "./medianRule.ts";

const over = (options: MedianRuleOptions = {}): Strategy => compose(medianRule(options), uniformPoints());

/** Values no formula of the rule could have made, with ties and trends; trial and step decide. */
function wave(trial: number, fidelity: number): number {
  return ((trial * 7919 + fidelity * 104729) % 17) / (1 + fidelity / 40);
}

describe("the median rule", () => {
  it("judges at equal distances, below the end", () => {
    const { jobs } = runToEnd(problemTo(25), over({ steps: 10, configurations: 1 }));
    expect(jobs[0]!.milestones).toEqual([3, 5, 8, 10, 13, 15, 18, 20, 23, 25]);
    const { jobs: few } = runToEnd(problemTo(1, { min: 0.25, whole: false }), over({ steps: 5, configurations: 1 }));
    expect(few[0]!.milestones).toEqual([0.4, 0.6, 0.8, 1]);
    const { jobs: short } = runToEnd(problemTo(3), over({ steps: 10, configurations: 1 }));
    expect(short[0]!.milestones).toEqual([1, 2, 3]);
  });

  it.each(["completed", "reached"] as const)(
    "stops a trial whose best is worse than the median of the running averages of those that %s",
    (among) => {
      const startup = 4;
      const fidelities = [6, 12, 18, 24, 30];
      const averages: number[][] = fidelities.map(() => []);
      const curves = new Map<number, number[]>();
      const jobs = new Map<number, Job>();
      let stops = 0;
      const { study, end } = runToEnd(problemTo(30), over({ steps: 5, startup, among, configurations: 120 }), {
        workers: 5,
        pick: (turn) => (turn * 7919) % 31,
        judge: (job, fidelity) => (job.trial % 11 === 3 && fidelity === 18 ? "threw" : wave(job.trial, fidelity)),
        onEvent: (event) => {
          if (event.kind === "asked") for (const job of event.jobs) jobs.set(job.id, job);
          if (event.kind !== "told") return;
          const { trial } = jobs.get(event.job)!;
          const curve = curves.get(trial) ?? [];
          curves.set(trial, curve);
          const mean = (count: number): number => curve.slice(0, count).reduce((sum, value) => sum + value, 0) / count;
          if (event.last) {
            if (among === "completed") curve.forEach((_value, step) => averages[step]!.push(mean(step + 1)));
            expect(event.directives).toEqual([]);
            return;
          }
          const step = curve.length;
          curve.push(event.measurement.values[0]!);
          const sorted = [...averages[step]!].sort((a, b) => a - b);
          const middle = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
          const stopped = sorted.length >= startup && Math.min(...curve) > middle + 1e-12;
          expect([trial, step, event.directives]).toEqual([trial, step, stopped ? [{ kind: "stop", job: event.job }] : []]);
          if (stopped) stops++;
          if (among === "reached") averages[step]!.push(mean(step + 1));
        },
      });
      expect([end, study.history.trials.length]).toEqual(["done", 120]);
      expect(stops).toBeGreaterThan(10);
      expect(study.history.trials.filter((trial) => trial.status === "stopped")).toHaveLength(stops);
    },
  );

  it("does not stop what is as good as the median", () => {
    const { study } = runToEnd(problemTo(10), over({ startup: 1, configurations: 20 }), { judge: () => 1 });
    expect(study.history.trials.every((trial) => trial.status === "finished")).toBe(true);
  });

  it("counts only feasible measurements, and does not judge a trial that has none", () => {
    const study = startStudy({ problem: { ...problemTo(2), constraints: ["memory"] }, strategy: over({ startup: 1 }), seed: 1 });
    const tell = (value: number, constraint: number): readonly unknown[] => {
      const [job] = study.ask().jobs;
      const { directives } = study.tell(job!.id, { values: [value], constraints: [constraint], fidelity: 1 });
      if (directives.length === 0) study.tell(job!.id, { values: [value], constraints: [constraint] });
      return directives.map((directive) => directive.kind);
    };
    expect(tell(-5, 1)).toEqual([]); // infeasible: makes no median
    expect(tell(3, 0)).toEqual([]);
    expect(tell(9, 1)).toEqual([]); // infeasible: is not judged
    expect(tell(4, 0)).toEqual(["stop"]);
    expect(tell(2, 0)).toEqual([]);
  });

  it("survives values as large as doubles are", () => {
    const { study, end } = runToEnd(problemTo(10), over({ startup: 1, configurations: 30 }), {
      judge: (job, fidelity) => ((job.trial + fidelity) % 2 === 0 ? Number.MAX_VALUE : -Number.MAX_VALUE),
    });
    expect(end).toBe("done");
    expect(JSON.stringify(study.state)).not.toContain("null,null,null,null,null,null,null,null,null,null");
    expect(JSON.parse(JSON.stringify(study.state))).toEqual(study.state);
  });
});

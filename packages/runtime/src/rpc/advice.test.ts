/** What a client learns of the rules that look ahead, and what it notes of the end of its work. */
import type { Strategy } from "@caviar-hpo/core";
import type { Outlook } from "@caviar-hpo/core/contract";
import { createStudy, type Ending, real } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import type { Client } from "../../testing/client.ts";
import { type Count, cardFor, uniform } from "../../testing/registry.ts";
import { serverOn } from "../../testing/servers.ts";
import { readStudyOn } from "../log/readStudy.ts";
import { emptyDisk, faultyDisk } from "../testing/faultyDisk.ts";
import { folderNameOf } from "./studyName.ts";

/** Random points. From trial 3 on, it expects little. */
const foreseeing: Strategy<Count & { outlooks?: Outlook[] }> = {
  ...uniform,
  name: "foreseeing",
  ask: (state, context, want, next) => {
    const probability = next < 3 ? 0.5 : 0.02;
    const quantiles = [[0.5, 0.1] as const, [0.95, 1] as const];
    state.outlooks = [...(state.outlooks ?? []), { trial: next, expected: 0.1, beyond: 0.01, probability, quantiles, next: probability }];
    return uniform.ask(state, context, want, next);
  },
  outlooks: (state) => state.outlooks ?? [],
};

const problem = { space: [{ name: "x", kind: "real", low: 0, high: 1 }] };
const opening = { protocol: 2, name: "digits", problem, strategy: { name: "foreseeing" }, seed: 7 };

function work(client: Client, count: number): void {
  for (let index = 0; index < count; index++) {
    const [job] = client.call("ask").jobs;
    client.call("tell", { job: job.id, values: [job.config.x], costSeconds: 2 });
  }
}

describe("advice", () => {
  it("says which rule holds, as optimize says it", async () => {
    const client = serverOn(null, 1, [cardFor(foreseeing)]).client();
    client.call("open", opening);
    expect(client.call("advice", { noGain: true })).toEqual({ rule: null, advice: [] });
    work(client, 5);
    expect(client.call("advice", { noGain: true }).rule).toBeNull();
    expect(client.call("advice", { minGainPerSecond: 1 }).rule).toBe("gainPerSecond");
    work(client, 1);
    const { rule, advice } = client.call("advice", { noGain: { probability: 0.03 }, minGainPerSecond: 0 });
    expect(client.call("advice", { noGain: { minGain: 0.5, probability: 0.03 } }).rule).toBeNull();

    let ending: Ending | null = null;
    const study = createStudy({ space: { x: real(0, 1) }, strategy: foreseeing, seed: 7 });
    const limits = { trials: 50, noGain: { probability: 0.03 }, minGainPerSecond: 0 };
    await study.optimize(({ config }) => ({ value: config.x, costSeconds: 2 }), { ...limits, onEnd: (end) => (ending = end) });
    expect({ trials: study.trials().length, ending }).toMatchObject({ trials: 6, ending: { rule, advice } });
  });

  it("is refused for a rule of which the strategy says nothing", () => {
    const client = serverOn(null).client();
    client.call("open", { ...opening, strategy: { name: "mean" } });
    expect(client.call("advice")).toEqual({ rule: null, advice: [] });
    for (const rule of ["noGain", "minGainPerSecond"])
      expect(client.refusal("advice", { [rule]: rule === "noGain" ? true : 1 }).message).toBe(
        `params.${rule}: expected a strategy that foresees gains, got "mean". Use bayesopt, or patience instead.`,
      );
    for (const params of [{ noGain: false }, { noGain: { probability: 2 } }, { minGainPerSecond: -1 }])
      expect(client.refusal("advice", params).data.code).toBe("wrongValue");
  });
});

describe("the end of the work", () => {
  it("is noted in the log, and readers show the last one", () => {
    const disk = faultyDisk(emptyDisk);
    const client = serverOn(disk, 3, [cardFor(foreseeing)]).client();
    client.call("open", opening);
    const ended = (): unknown => readStudyOn(disk, `/root/${folderNameOf("digits")}`).ended;
    expect(ended()).toBeNull();
    client.call("ended", { rule: "finished", reason: "Ctrl-C ended it early." });
    work(client, 1);
    expect(client.call("ended", { rule: "trials", reason: "The budget of 1 trial is spent." })).toEqual({});
    expect(ended()).toEqual({ rule: "trials", reason: "The budget of 1 trial is spent.", atMs: 3000 });
    expect(client.call("trials").total).toBe(1);
  });
});

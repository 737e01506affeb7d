/** A loop of `optimize` that is interrupted after any event leaves the log of an undisturbed one, to its last event. */
import type { Event } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { type ChosenStrategy, createStudy, real } from "./index.ts";

const strategies: readonly (readonly [string, ChosenStrategy])[] = [
  ["asha", "asha"],
  ["hyperband", { name: "hyperband", options: { iterations: 1 } }],
  ["bohb", { name: "bohb", options: { iterations: 1 } }],
  ["successiveHalving", "successiveHalving"],
  ["pasha", "pasha"],
  ["medianRule", "medianRule"],
  ["populationBased", "populationBased"],
  ["sobol", "sobol"],
  ["grid", "grid"],
];

/** The events of a study that is optimised after the events that it has already. */
async function continued(strategy: ChosenStrategy, events: readonly Event[]): Promise<readonly Event[]> {
  const all = [...events];
  const study = createStudy({
    space: { rate: real(0.01, 1, { scale: "log" }) },
    fidelity: { unit: "epochs", min: 1, max: 9 },
    resumable: true,
    seed: 5,
    strategy,
    events,
    onEvent: (event) => all.push(event),
  });
  await study.optimize(async ({ config, until }) => (1 - config.rate) ** (2 * until), { trials: 11 });
  return all;
}

it.each(strategies)("%s", async (_name, strategy) => {
  const undisturbed = await continued(strategy, []);
  for (let events = 0; events <= undisturbed.length; events++)
    expect([events, await continued(strategy, undisturbed.slice(0, events))]).toEqual([events, undisturbed]);
});

it("more trials are asked for after a loop that has ended", async () => {
  const { optimize, core } = createStudy({ space: { x: real(0, 1) }, strategy: "asha", fidelity: { unit: "epochs", min: 1, max: 9 } });
  for (const trials of [4, 4, 9]) {
    await optimize(({ config, until }) => config.x / until, { trials });
    expect(core.started).toBe(trials);
  }
});

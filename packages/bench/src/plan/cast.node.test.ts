import { type Card, ConfigError } from "@caviar-hpo/core";
import { createStrategy, findStrategy } from "@caviar-hpo/tune";
import { expect, test } from "vitest";
import { filesIn, inFolder, tinyPlan } from "../../testing/plans.ts";
import { runCampaign } from "../campaign/campaign.ts";
import { foreignCards } from "./cast.ts";
import { resolvePlan } from "./cells.ts";

const command = "npm run bench -- --plan tiny";

/** Random search under another name. */
const own: Card = { ...findStrategy("random"), name: "own", create: () => ({ ...createStrategy("random"), name: "own" }) };

function refusal(body: () => unknown): ConfigError {
  try {
    body();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("not refused");
}

test("a campaign runs a strategy from outside as a shipped one", () =>
  inFolder(async (folder) => {
    const plan = tinyPlan({ strategies: [{ name: "own", label: "random" }, { name: "sobol" }] });
    const outside = await runCampaign(plan, `${folder}/outside`, { command, cards: [own] });
    const shipped = tinyPlan({ strategies: [{ name: "random" }, { name: "sobol" }] });
    const inside = await runCampaign(shipped, `${folder}/inside`, { command });
    expect(outside.runs).toEqual(inside.runs);
    expect(outside.strategies[0]).toMatchObject({ label: "random", name: "own", options: {} });
    expect(filesIn(`${folder}/outside`)).toEqual(filesIn(`${folder}/inside`));
    const again = await runCampaign(plan, `${folder}/outside`, { command, cards: [own] });
    expect(again).toEqual(outside);
  }));

test("only strategies from outside carry their card", () => {
  const plan = tinyPlan({ strategies: [{ name: "own" }, { name: "random" }] });
  expect([...foreignCards(["own", "random"], [own])]).toEqual([["own", own]]);
  expect(foreignCards(["random"], [own]).size).toBe(0);
  expect(resolvePlan(plan, { cards: [own], control: false }).strategies.map(({ card }) => card)).toEqual([own, undefined]);
});

test("a strategy from outside runs in this thread only", () =>
  inFolder(async (folder) => {
    const plan = tinyPlan({ strategies: [{ name: "own" }] });
    await expect(runCampaign(plan, folder, { command, cards: [own], workers: 2 })).rejects.toMatchObject({ code: "badWorkers" });
  }));

test("a name without a card, a name that is taken, and what is no card are refused", () => {
  expect(refusal(() => foreignCards(["owm"], [own]))).toMatchObject({
    code: "unknownStrategy",
    remedy: 'Did you mean "own"?',
  });
  expect(refusal(() => foreignCards(["random"], [own, own]))).toMatchObject({ code: "nameTaken", got: '"own"' });
  expect(refusal(() => foreignCards(["random"], [{ ...own, name: "sobol" }]))).toMatchObject({ code: "nameTaken", got: '"sobol"' });
  expect(refusal(() => foreignCards(["random"], [{ name: "own" } as unknown as Card])).code).toBe("badCard");
});

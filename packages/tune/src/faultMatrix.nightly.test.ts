/** Rows B3 and C1 of the fault matrix at the counts of the night: 100,000 drawn orders and 100,000 event soups. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isReplayed, playScheduled } from "../testing/completionOrders.ts";
import { orderedCards, soup, soupCards } from "../testing/faultRows.ts";

describe("B3, jobs that end in any order", () => {
  it.each(orderedCards.map((card) => [card.name, card] as const))("%s: a log of eight jobs at once, in a drawn order", async (_, card) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        expect(isReplayed(card, await playScheduled(card, scheduler))).toBe(true);
      }),
      { numRuns: Math.ceil(100_000 / orderedCards.length), seed: 2 },
    );
  });
});

describe("C1, event soups of 100 steps against the model of a study", () => {
  const cheap = soupCards.filter(({ options }) => !Object.hasOwn(options, "askEffort"));
  it.each(soupCards.map((card) => [card.name, card] as const))("%s", (_, card) => {
    soup(card, cheap.includes(card) ? Math.ceil(100_000 / cheap.length) : 300).run();
  });
});

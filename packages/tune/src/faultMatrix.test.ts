/** Rows B3 and C1 of the fault matrix: the order in which jobs end, and event soups. faultMatrix.nightly.test.ts runs more of both. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenOrders, digitsOf, isReplayed, orders, playOrder, playScheduled } from "../testing/completionOrders.ts";
import { countsOutside, followsTheLast, orderedCards, soup, soupCards } from "../testing/faultRows.ts";

const everyOrder = Array.from({ length: orders }, (_, order) => order);

describe("B3, jobs that end in any order", () => {
  it("plays all 720 orders of six jobs", () => {
    expect(new Set(everyOrder.map((order) => digitsOf(order).join())).size).toBe(orders);
    const ends = ({ events }: ReturnType<typeof playOrder>): string => {
      const told = events.flatMap((event) => (event.kind === "told" && event.last && event.job < 6 ? [event.job] : []));
      return told.join();
    };
    expect(new Set(everyOrder.map((order) => ends(playOrder(followsTheLast, order)))).size).toBe(orders);
  });

  it.each(orderedCards.map((card) => [card.name, card] as const))(
    "%s: every log is replayed, and no order changes what none may",
    (_, card) => {
      expect(brokenOrders(card, everyOrder)).toEqual([]);
    },
  );

  it.each(orderedCards.map((card) => [card.name, card] as const))("%s: a log of eight jobs at once, in a drawn order", async (_, card) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        expect(isReplayed(card, await playScheduled(card, scheduler))).toBe(true);
      }),
      { numRuns: 15, seed: 1 },
    );
  });

  it("turns red for a strategy that goes by the order although it says that it does not", () => {
    expect(brokenOrders(followsTheLast, everyOrder.slice(0, 20)).length).toBeGreaterThan(0);
  });

  it("turns red for a strategy that remembers outside of its state", async () => {
    expect(brokenOrders(countsOutside, [0, 1, 719])).toEqual([0, 1, 719]);
    const [scheduler] = fc.sample(fc.scheduler(), { numRuns: 1, seed: 1 });
    expect(isReplayed(countsOutside, await playScheduled(countsOutside, scheduler!))).toBe(false);
  });
});

describe("C1, event soups of 100 steps against the model of a study", () => {
  it.each(soupCards.map((card) => [card.name, card] as const))("%s", (_, card) => {
    soup(card, Object.hasOwn(card.options, "askEffort") ? 30 : 300).run();
  });

  it("turns red for a strategy that remembers outside of its state", () => {
    expect(soup(countsOutside, 300).run).toThrow(/event \d+ of the log|brokenLaw/);
  });
});

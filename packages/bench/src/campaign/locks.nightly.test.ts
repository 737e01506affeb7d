/** Row A10 of the fault matrix on the folders of campaigns, fifty times each, with real processes. Build first: `npm run build`. */
import { describe, expect, it } from "vitest";
import { asksInAll, lockRow, lockRows } from "../../testing/lockRows.ts";

/** Moments from the first ask to the last. */
const moments = Array.from({ length: 50 }, (_, index) => 1 + Math.round((index * (asksInAll - 1)) / 49));

describe.skipIf(process.platform === "win32")("one process at a time writes a campaign", () => {
  it.each(lockRows)("%s, at fifty moments of the campaign", async (row) => {
    const wrong: string[] = [];
    for (const at of moments) {
      const found = await lockRow(row, at);
      if (found !== null) wrong.push(`at ask ${at}: ${found}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(lockRows.filter((row) => row !== "the process is killed"))(
    "%s: a machine that takes every owner for ended is found",
    async (row) => {
      expect(await lockRow(row, 20, true)).not.toBeNull();
    },
  );
});

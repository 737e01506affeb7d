/**
 * Row A12 of the fault matrix: 1,008 real kills, 126 of each of eight studies. A third of them are by SIGKILL, the others by SIGTERM and
 * SIGINT.
 */
import { expect, it } from "vitest";
import { killed, killedStudies } from "../../testing/killRows.ts";

it.each(killedStudies)("a study over $name leaves what an undisturbed one leaves, however often it is killed", async (study) => {
  for (let seed = 0; seed < 14; seed++) expect([seed, await killed(study, 9, seed)]).toEqual([seed, null]);
});

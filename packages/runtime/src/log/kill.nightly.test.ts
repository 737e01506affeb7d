/** Row A12 of the fault matrix: 125 real kills of each of eight studies, by SIGKILL, SIGTERM and SIGINT. */
import { expect, it } from "vitest";
import { killed, killedStudies } from "../../testing/killRows.ts";

it.each(killedStudies)("a study over $name leaves what an undisturbed one leaves, however often it is killed", async (study) => {
  for (let seed = 0; seed < 25; seed++) expect([seed, await killed(study, 5, seed)]).toEqual([seed, null]);
});

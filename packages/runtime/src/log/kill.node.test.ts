/** Row A12 of the fault matrix: forty real kills, five of each study. `kill.nightly.test.ts` has a thousand. */
import { expect, it } from "vitest";
import { killed, killedStudies } from "../../testing/killRows.ts";

it.each(killedStudies)("a study over $name that is killed leaves what an undisturbed one leaves, checkpoints included", async (study) => {
  expect(await killed(study, 5, 1)).toBeNull();
});

it("finds a program that keeps events to itself for a while", async () => {
  const [random] = killedStudies;
  const lazy = { ...random!, options: { ...random!.options, planted: "buffered" } };
  await expect(killed(lazy, 3, 1)).rejects.toThrow("acknowledged events are lost");
});

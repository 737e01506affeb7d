/** Row A12 of the fault matrix, with few kills. `kill.nightly.test.ts` kills each study forty times. */
import { expect, it } from "vitest";
import { killed, killedStudies } from "../../testing/killRows.ts";

const few = killedStudies.filter(({ name }) => ["random", "hyperband", "tpe, extended half-way"].includes(name));

it.each(few)("a study over $name that is killed leaves what an undisturbed one leaves, checkpoints included", async (study) => {
  expect(await killed(study, 3, 1)).toBeNull();
});

it("finds a program that keeps events to itself for a while", async () => {
  const lazy = { ...few[0]!, options: { ...few[0]!.options, planted: "buffered" } };
  await expect(killed(lazy, 3, 1)).rejects.toThrow("acknowledged events are lost");
});

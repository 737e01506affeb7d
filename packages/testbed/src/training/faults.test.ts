import { describe, it } from "vitest";
import { checkTrainings, faultKinds } from "../../testing/trainingFaults.ts";

describe("120 trainings over awkward data, row F5 of the fault matrix", () => {
  it.each(faultKinds)("keep every promise: %s", (kind) => checkTrainings(kind, 120));
});

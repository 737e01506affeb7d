import { describe, it } from "vitest";
import { checkTrainings, faultKinds } from "../../testing/trainingFaults.ts";

describe("2,000 trainings over awkward data, row F5 of the fault matrix", () => {
  it.each(faultKinds)("keep every promise: %s", (kind) => checkTrainings(kind, 2000));
});

import { describe, it } from "vitest";
import { checkTraining, faultKinds, trainingFault } from "../../testing/trainingFaults.ts";

describe("2,000 trainings over awkward data, row F5 of the fault matrix", () => {
  const faults = Array.from({ length: 2000 }, (_, number) => trainingFault(number));
  it.each(faultKinds)("keep every promise: %s", (kind) => {
    for (const fault of faults.filter((one) => one.kind === kind)) {
      try {
        checkTraining(fault);
      } catch (error) {
        throw new Error(`training fault ${fault.seed}`, { cause: error });
      }
    }
  });
});

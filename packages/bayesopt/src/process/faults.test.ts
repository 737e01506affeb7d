import { describe, expect, it } from "vitest";
import { checkProcess, processFaults } from "../../testing/processFaults.ts";

const faults = processFaults(1);

describe("900 processes over awkward data, row F2 of the fault matrix", () => {
  it.each([1, 2, 6, 20])("keep every promise in %i dimensions", (d) => {
    const own = faults.filter((fault) => fault.d === d);
    expect(own.length).toBe(225);
    let [jittered, gradients] = [0, 0];
    for (const fault of own) {
      try {
        const { jitter, gradient } = checkProcess(fault);
        jittered += Number(jitter > 0);
        gradients += Number(gradient);
      } catch (error) {
        throw new Error(JSON.stringify(fault), { cause: error });
      }
    }
    // What makes the cases awkward does happen, and so does what can be compared.
    expect(jittered).toBeGreaterThan(10);
    expect(gradients).toBeGreaterThan(75);
  });
});

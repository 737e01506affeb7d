import * as core from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { tinyPlan } from "../../testing/plans.ts";
import { resolvePlan } from "../plan/cells.ts";
import { errorAt, failureOf } from "./failure.ts";

const { name } = resolvePlan(tinyPlan()).cells.at(1);

/** As it comes out of another thread. */
function across(thrown: unknown): Error {
  return errorAt(name, structuredClone(failureOf(thrown)));
}

const fault = { code: "tooMuch", what: "the plan", expected: "less", got: "more", remedy: "Take some off." };
const classes = Object.values(core).filter(
  (value): value is typeof core.ConfigError => typeof value === "function" && value.prototype instanceof core.CaviarError,
);

describe("an error from a cell", () => {
  test.each(classes.map((one) => [one.name, one] as const))("that is a %s stays one, with its parts and its cell", (_name, one) => {
    const error = across(new one(fault));
    expect(error).toBeInstanceOf(one);
    expect(error).toMatchObject({ ...fault, what: "branin, random x2, seed 1: the plan" });
    expect(error.message).toBe("branin, random x2, seed 1: the plan: expected less, got more. Take some off.");
  });

  test("that the operating system made keeps its code and call", () => {
    const thrown = Object.assign(new Error("ENOSPC: no space left on device, write"), { errno: -28, code: "ENOSPC", syscall: "write" });
    const error = across(thrown);
    expect(error.message).toBe("branin, random x2, seed 1: ENOSPC: no space left on device, write");
    expect(error).toMatchObject({ errno: -28, code: "ENOSPC", syscall: "write" });
  });

  test("that is unexpected shows where it arose", () => {
    const error = across(new TypeError("x is not a function"));
    expect(error.message).toBe("branin, random x2, seed 1: x is not a function");
    expect(error.cause).toBeInstanceOf(TypeError);
    expect((error.cause as Error).stack).toContain("failure.test.ts");
  });

  test("that is no error, or holds what cannot be copied, is one all the same", () => {
    expect(across("thrown text").message).toBe("branin, random x2, seed 1: thrown text");
    expect(across(undefined).message).toBe("branin, random x2, seed 1: undefined");
    expect(across(Object.assign(new Error("busy"), { retry: () => {} })).message).toBe("branin, random x2, seed 1: busy");
  });
});

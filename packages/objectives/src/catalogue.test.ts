import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { testFunction, testFunctionIds } from "./catalogue.ts";
import golden from "./classical/classical.golden.json" with { type: "json" };

describe("the catalogue", () => {
  it("makes a function of every family it lists, and that function answers to its id", () => {
    for (const pattern of testFunctionIds()) {
      const id = pattern.replace("{D}", "8").replace("{m}", "7").replace("{f}", "15").replace("{i}", "3");
      expect(testFunction(id).id).toBe(id);
      expect(id === pattern || testFunction(id).bounds.length >= 2).toBe(true);
    }
  });

  it("lists no family twice, and has derived values for every classical one", () => {
    const ids = testFunctionIds();
    expect(new Set(ids).size).toBe(ids.length);
    const families = new Set(Object.keys(golden.functions).map((id) => id.replace(/-d\d+$/, "-d{D}").replace(/^shekel\d+/, "shekel{m}")));
    expect([...families, "bbob-f{f}-d{D}-i{i}"].sort()).toEqual([...ids].sort());
  });

  it("reads the numbers of an id", () => {
    expect(testFunction("ackley-d7").bounds.length).toBe(7);
    expect(testFunction("bbob-f15-d5-i3").id).toBe("bbob-f15-d5-i3");
  });

  it("names the nearest ids for an unknown one", () => {
    expect(faultOf(() => testFunction("brannin"))).toMatchObject({ code: "unknownFunction", expected: "an id like branin" });
    expect(faultOf(() => testFunction("ackly-d5"))).toMatchObject({ expected: "an id like ackley-d{D}" });
    expect(faultOf(() => testFunction("bbob-f3-d5"))).toMatchObject({ expected: "an id like bbob-f{f}-d{D}-i{i}" });
    expect(faultOf(() => testFunction("hartman6"))).toMatchObject({ expected: "an id like hartmann3, hartmann4, hartmann6" });
  });

  it.each([
    "",
    "ackley",
    "ackley-d05",
    "ackley-d5 ",
    "ackley-d-5",
    "ackley-d1e1",
    "Branin",
    "ackley-d{D}",
    "constructor",
    "x".repeat(10000),
  ])("does not know %j", (id) => {
    expect(() => testFunction(id)).toThrow(ConfigError);
  });

  it("refuses numbers out of range", () => {
    expect(faultOf(() => testFunction("ackley-d0"))).toMatchObject({ code: "dimension", got: "0" });
    expect(() => testFunction("bbob-f25-d5-i1")).toThrow(ConfigError);
  });
});

function faultOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

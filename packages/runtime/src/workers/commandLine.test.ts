import { describe, expect, it } from "vitest";
import { argumentsOf, readCommandLine } from "./commandLine.ts";

const parameters = ["lr", "optimizer", "momentum", "a b"];

function lineOf(words: readonly string[], values: object): readonly string[] {
  return argumentsOf(readCommandLine(["program", ...words], parameters), new Map(Object.entries(values)));
}

describe("the arguments of a command", () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ["have values where parameters are named", ["--lr", "{lr}", "--x={lr},{optimizer}"], ["--lr", "1e-7", "--x=1e-7,sgd"]],
    ["may name a parameter with a space", ["{a b}"], ["7"]],
    ["have the facts of the job", ["{trial}", "{until}", "{from}"], ["3", "27", "9"]],
    ["have braces where they are doubled", ["{{lr}}", "{{{lr}}}", "awk '{{print $1}}'"], ["{lr}", "{1e-7}", "awk '{print $1}'"]],
    ["lose a flag with its absent parameter", ["--lr", "{lr}", "--momentum", "{momentum}", "-v"], ["--lr", "1e-7", "-v"]],
    ["lose a flag that has its absent parameter behind =", ["-v", "--momentum={momentum}"], ["-v"]],
    ["lose an absent parameter without a flag", ["train", "{momentum}", "x"], ["train", "x"]],
    ["keep a word that is no flag", ["-", "{momentum}", "-1", "{momentum}", "a=b", "{momentum}"], ["-", "-1", "a=b"]],
    ["keep a flag with a value of its own", ["--lr={lr}", "{momentum}", "--mode=x", "{momentum}"], ["--lr=1e-7", "--mode=x"]],
  ])("%s", (_name, words, expected) => {
    expect(lineOf(words, { lr: "1e-7", optimizer: "sgd", "a b": "7", trial: "3", until: "27", from: "9" })).toEqual(expected);
  });

  it("give a value as it is, whatever is in it", () => {
    const value = "$(rm -rf /) `x` {momentum} ; \" ' \n -rf";
    expect(lineOf(["--name", "{optimizer}"], { optimizer: value })).toEqual(["--name", value]);
  });

  it("prefer a parameter to a fact with the same name", () => {
    const line = readCommandLine(["p", "{trial}", "{config}"], ["trial"]);
    expect([...line.uses]).toEqual(["config"]);
  });

  it("take the program as it is", () => {
    expect(readCommandLine(["./{lr}"], parameters).program).toBe("./{lr}");
  });
});

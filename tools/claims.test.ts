import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Claim, claimFaults, comparisonsIn, filledIn, type MeasuredClaim } from "./claims.ts";
import { markdownFiles } from "./docs.ts";
import { workspaceRoot } from "./workspace.ts";

const claims = JSON.parse(readFileSync(join(workspaceRoot, "benchmarks", "claims.json"), "utf8")) as readonly Claim[];

it("every sentence that compares Caviar with another program says what a published campaign or a bench has measured", () => {
  const files = markdownFiles();
  expect(claims.filter(({ file }) => !files.includes(file))).toEqual([]);
  expect(files.flatMap((file) => claimFaults(file, readFileSync(join(workspaceRoot, file), "utf8"), claims))).toEqual([]);
});

describe("a planted fault in a claim is caught:", () => {
  const claim: MeasuredClaim = {
    file: "planted.md",
    source: "benchmarks/reports/held-out/results.json",
    sentence: "`bayesopt` has the mean rank {final/bayesopt/meanRank/value .2}, ahead of Optuna with {final/tpe/meanRank/value .2}.",
    ahead: [["bayesopt", "tpe"]],
  };
  const sentence = filledIn(claim);
  const faults = (text: string, claims: readonly Claim[] = [claim]) => claimFaults("planted.md", `# Title\n\n${text}\n`, claims);

  it("none, if the sentence stands on several lines and among others", () => {
    expect(sentence).toMatch(/mean rank 1\.\d\d, ahead of Optuna with 2\.\d\d\.$/);
    expect(faults(`Before. ${sentence.replaceAll(" ", "\n")} After.`)).toEqual([]);
  });

  it("a number of the sentence that the results do not have", () => {
    const digit = /\d(?=, ahead)/.exec(sentence)![0];
    const changed = sentence.replace(`${digit}, ahead`, `${(Number(digit) + 1) % 10}, ahead`);
    expect(faults(changed)).toEqual([
      `planted.md: does not say "${sentence}"`,
      `planted.md: benchmarks/claims.json does not have "${changed}"`,
    ]);
  });

  it("a comparison that is not listed: in a sentence, an item and a row of a table", () => {
    const texts = ["`tpe` is faster than SMAC3.", "- We beat HEBO: by far.", "| `bayesopt` | 2 × | BoTorch |"];
    for (const text of texts)
      expect(faults(`${sentence}\n\n${text}`)).toEqual([`planted.md: benchmarks/claims.json does not have "${text}"`]);
    expect(comparisonsIn("Optuna has a sampler. `dehb` is faster. [HEBO](x.md)\n\n```text\nHEBO loses.\n```")).toEqual([]);
  });

  it("a verdict that the campaign's own test does not give", () => {
    const wrong = { ...claim, ahead: [["tpe", "bayesopt"]], level: [["bayesopt", "tpe"]] } as const;
    expect(faults(sentence, [wrong])).toEqual([
      "benchmarks/reports/held-out/results.json: does not find tpe ahead of bayesopt",
      "benchmarks/reports/held-out/results.json: does not find bayesopt level with tpe",
    ]);
    const all = { ...claim, better: { strategy: "sobol", than: "bayesopt", problems: [] } };
    expect(faults(sentence, [all])).toEqual([
      expect.stringMatching(/held-out\/results.json: sobol is better than bayesopt on: bbob-f\d+-d5-i10\d/),
    ]);
  });

  it("a ratio that is said to be the largest and is not, where some cases lack the divisor", () => {
    const source = "packages/bayesopt/bench/results/ask.json";
    const over = "cases/*/bayesopt/mean ÷ cases/*/peer:bayesian-optimization/mean";
    const text =
      "It takes {cases/2-D n=25/bayesopt/mean ÷ cases/2-D n=25/peer:bayesian-optimization/mean .3} times the CPU of bayesian-optimization.";
    const most = (at: string): MeasuredClaim => ({ file: "planted.md", source, sentence: text, largest: [{ over, at }] });
    const shown = filledIn(most("2-D n=25"));
    expect(faults(shown, [most("2-D n=25")])).toEqual([]);
    expect(faults(shown, [most("2-D n=100")])).toEqual([`${source}: ${over} is the largest for 2-D n=25`]);
  });

  it("a campaign that is not published, a path without a number, and a command that does not exist", () => {
    const unpublished = { ...claim, source: "benchmarks/reports/nothing/results.json" };
    expect(() => faults(sentence, [{ ...claim, sentence: "{final/nothing/meanRank/value .2}" }])).toThrow("final/nothing/meanRank/value");
    expect(() => faults(sentence, [unpublished])).toThrow();
    const other = { file: "planted.md", command: "npm run bench:nothing", sentence };
    expect(faults(sentence, [other])).toEqual(["benchmarks/claims.json: there is no command npm run bench:nothing"]);
  });

  it("numbers are shown with decimals, with significant digits, as a quotient, and as a power of ten", () => {
    const shown = (text: string) => filledIn({ ...claim, sentence: text });
    expect(shown("{blocks .0} {blocks ÷ completeBlocks ~2} {confidence ~1} {confidence 10^.1} {problems/length .0}")).toBe(
      "432 1 0.9 8.9 72",
    );
  });
});

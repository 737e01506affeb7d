/** caviar seeds: the planner of seeds on the command line. */
import { seedsNeeded } from "@caviar-hpo/report";
import { expect, test } from "vitest";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { planNamed } from "./bench/planChoice.ts";
import { caviar } from "./caviar.ts";

async function said(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const terminal = fakeTerminal();
  const code = await caviar(["seeds", ...args], terminal);
  return { code, out: terminal.stdout.text(), err: terminal.stderr.text() };
}

function needed(wins: number, strategies: number, problems: number, power: number): number {
  return seedsNeeded({ difference: 2 * wins - 1, deviation: 2 * Math.sqrt(wins * (1 - wins)), strategies, problems, power });
}

test("it counts the strategies and problems of the plan, and says whether its seeds are enough", async () => {
  const { plan } = planNamed("quick");
  const seeds = needed(0.7, plan.strategies.length, plan.problems.length, 0.8);
  const { code, out } = await said("--wins", "0.7");
  expect(code).toBe(0);
  expect(out).toContain(`Plan quick, with ${plan.strategies.length} strategies and ${plan.problems.length} problems.`);
  expect(out.trimEnd().split("\n").at(-1)).toMatch(new RegExp(`70 %\\s+${seeds}\\s+${seeds <= plan.seeds.count ? "enough" : "too few"}$`));
});

test("the example of docs/statistics.md: 44 seeds for two strategies on one problem, 9 for eight on ten", async () => {
  const answer = async (strategies: string, problems: string): Promise<unknown> =>
    JSON.parse((await said("--strategies", strategies, "--problems", problems, "--wins", "0.7", "--json")).out);
  expect(await answer("2", "1")).toMatchObject({ strategies: 2, problems: 1, power: 0.8, needed: [{ wins: 0.7, seeds: 44 }] });
  expect(await answer("8", "10")).toMatchObject({ needed: [{ wins: 0.7, seeds: 9 }] });
});

test("without a share it prints a table, in which more wins need fewer seeds and more power needs more", async () => {
  const tableOf = async (...more: readonly string[]): Promise<readonly (number | null)[]> =>
    JSON.parse((await said("--strategies", "3", "--problems", "2", "--json", ...more)).out).needed.map(
      ({ seeds }: { seeds: number }) => seeds,
    );
  const [usual, sure] = [await tableOf(), await tableOf("--power", "0.95")];
  expect(usual).toHaveLength(9);
  expect([...usual].sort((a, b) => b! - a!)).toEqual(usual);
  for (const [index, seeds] of usual.entries()) expect(sure[index]).toBeGreaterThanOrEqual(seeds!);
  expect(sure[0]).toBeGreaterThan(usual[0]!);
});

test("a difference that no number of seeds shows is null, and more than 10000 in the table", async () => {
  const options = ["--strategies", "2", "--problems", "1", "--wins", "0.5001"];
  expect(JSON.parse((await said(...options, "--json")).out).needed).toEqual([{ wins: 0.5001, seeds: null }]);
  expect((await said(...options)).out).toMatch(/50\.01 %\s+more than 10000\s+too few/);
});

test.each([
  [["--wins", "0.5"], "above 0.5 and below 1"],
  [["--wins", "1"], "above 0.5 and below 1"],
  [["--power", "0"], "above 0 and below 1"],
  [["--strategies", "1"], "two or more"],
  [["--plan", "quik"], 'Did you mean "quick"?'],
] as const)("%j is refused", async (args, text) => {
  const { code, err } = await said(...args);
  expect(code).toBe(2);
  expect(err).toContain(text);
});

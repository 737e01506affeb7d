/** caviar seeds: how many seeds a campaign needs to show a difference, before it runs. */
import { counted } from "@caviar-hpo/core/text";
import { seedsNeeded } from "@caviar-hpo/report";
import { planNamed } from "../bench/planChoice.ts";
import { exitCodes } from "../exitCodes.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { textTable } from "../terminal/table.ts";
import { type Flags, readArguments, readCount, readShare, refuse, type Subcommand } from "./command.ts";

const help = `Usage: caviar seeds [OPTIONS]

Says how many seeds a campaign needs to call one strategy ahead of another. The difference between the two is the share of the seeds on
which the better one wins; 50 % is a tie. The comparison is one of all pairs of strategies, so more strategies need more seeds, and more
problems need fewer seeds on each.

  --plan PLAN        a file, or the name of a plan of caviar bench --list (default: quick)
  --strategies N     the number of strategies instead of that of the plan
  --problems N       the number of problems instead of that of the plan
  --wins S           only for this share of wins, above 0.5 and below 1 (default: a table from 0.55 to 0.95)
  --power S          the chance to find the difference, above 0 and below 1 (default: 0.8)
  --json             print { plan, strategies, problems, planned, power, needed: [{ wins, seeds }] }; planned is the number of seeds in the
                     plan, and seeds is null where 10000 are too few

Example:

  caviar seeds --plan quick --wins 0.7`;

const shares: readonly number[] = [0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/** A campaign, and what it shall show. */
type ComparedCampaign = { readonly strategies: number; readonly problems: number; readonly power: number };

export const seedsCommand: Subcommand = {
  help,
  run: async (args, { stdout }) => {
    const { flags } = readArguments("seeds", args, optionKinds);
    const { plan } = planNamed(String(flags.plan ?? "quick"));
    const strategies = flags.strategies === undefined ? plan.strategies.length : readCount("strategies", flags.strategies);
    if (strategies < 2) refuse("number of strategies", "two or more", String(strategies), "Write --strategies 2, for instance.");
    const problems = flags.problems === undefined ? plan.problems.length : readCount("problems", flags.problems);
    const power = readOpenShare("power", flags.power ?? "0.8", 0);
    const campaign = { strategies, problems, power };
    const wins = flags.wins === undefined ? shares : [readOpenShare("wins", flags.wins, 0.5)];
    const needed = wins.map((share) => ({ wins: share, seeds: seedsFor(campaign, share) }));
    const planned = plan.seeds.count;
    if (flags.json === true) stdout.write(jsonText({ plan: plan.name, strategies, problems, planned, power, needed }));
    else stdout.write(`${heading(plan.name, campaign)}\n\n${table(needed, planned)}\n`);
    return exitCodes.done;
  },
};

const optionKinds = {
  plan: "value",
  strategies: "value",
  problems: "value",
  wins: "value",
  power: "value",
  json: "flag",
} as const;

/** The seeds on each problem; null if they are too many to be found. @param wins the share of seeds on which the better one wins. */
function seedsFor(campaign: ComparedCampaign, wins: number): number | null {
  const seeds = seedsNeeded({ ...campaign, difference: 2 * wins - 1, deviation: 2 * Math.sqrt(wins * (1 - wins)) });
  return seeds === Infinity ? null : seeds;
}

/** A share between `low` and 1, without these. */
function readOpenShare(name: string, text: NonNullable<Flags[string]>, low: number): number {
  const share = readShare(name, text);
  if (share <= low || share >= 1)
    refuse(`option --${name}`, `a number above ${low} and below 1`, String(text), `Write --${name} 0.8, for instance.`);
  return share;
}

function heading(plan: string, { strategies, problems, power }: ComparedCampaign): string {
  const campaign = `Plan ${plan}, with ${counted(strategies, "strategy", "strategies")} and ${counted(problems, "problem")}`;
  return `${campaign}. Seeds on each problem to find a difference with a chance of ${percent(power)}:`;
}

function table(needed: readonly { readonly wins: number; readonly seeds: number | null }[], planned: number): string {
  const titles = ["wins of the better one", "seeds", `the plan has ${planned}`];
  const columns = titles.map((title, index) => ({ title, align: index === 2 ? ("left" as const) : ("right" as const) }));
  return textTable(
    columns,
    needed.map(({ wins, seeds }) => [
      percent(wins),
      seeds === null ? "more than 10000" : `${seeds}`,
      seeds !== null && seeds <= planned ? "enough" : "too few",
    ]),
  );
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(4))} %`;
}

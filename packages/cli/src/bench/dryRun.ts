/** caviar bench --dry-run: what a campaign would cost, without running it. */
import { type CampaignEstimate, estimateCampaign, type Plan } from "@caviar-hpo/bench";
import { counted } from "@caviar-hpo/core/text";
import { jsonText } from "../terminal/jsonText.ts";
import { textTable } from "../terminal/table.ts";

/** What the command prints. @param given runs at the same time; null for the usual number. */
export async function dryRun(plan: Plan, given: number | null, json: boolean): Promise<string> {
  const estimate = await estimateCampaign(plan);
  const workers = given ?? estimate.usualWorkers;
  const seconds = totalSeconds(estimate) / workers;
  if (json) return jsonText({ ...estimate, evaluations: unitsIn(estimate), workers, seconds });
  return `${heading(plan, estimate)}\n\n${table(plan, estimate)}\n\n${remarks(estimate, workers, seconds).join("\n")}\n`;
}

function unitsIn({ strategies }: CampaignEstimate): number {
  return strategies.reduce((sum, { units }) => sum + units, 0);
}

/** Of the strategies whose time is known. */
function totalSeconds({ strategies }: CampaignEstimate): number {
  return strategies.reduce((sum, { runs, secondsPerRun }) => sum + runs * (secondsPerRun ?? 0), 0);
}

function heading(plan: Plan, estimate: CampaignEstimate): string {
  const { strategies, runs } = estimate;
  const counts = [
    counted(strategies.length, "strategy", "strategies"),
    counted(plan.problems.length, "problem"),
    counted(plan.seeds.count, "seed"),
  ].join(" x ");
  return `Plan ${plan.name}: ${counts} = ${counted(runs, "run")}, ${unitsIn(estimate)} ${unitOf(plan)}`;
}

function unitOf({ budget }: Plan): string {
  return typeof budget === "number" ? "evaluations" : "full trainings";
}

function table(plan: Plan, { strategies }: CampaignEstimate): string {
  const columns = ["strategy", "runs", unitOf(plan), "a run", "all runs"].map((title, index) => ({
    title,
    align: index === 0 ? ("left" as const) : ("right" as const),
  }));
  const row = ({ label, runs, units, secondsPerRun, isCut }: CampaignEstimate["strategies"][number]): readonly string[] => [
    label,
    `${runs}`,
    `${units}`,
    ...(secondsPerRun === null ? ["unknown", "unknown"] : [secondsPerRun, runs * secondsPerRun].map((time) => about(time, isCut))),
  ];
  return textTable(columns, strategies.map(row));
}

function about(seconds: number, isCut: boolean): string {
  return `${isCut ? "at least " : ""}${timeText(seconds)}`;
}

function timeText(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Number((seconds / 3600).toPrecision(2))} h`;
}

function remarks({ strategies, sample, mostSeconds }: CampaignEstimate, workers: number, seconds: number): readonly string[] {
  const unknown = strategies.filter(({ secondsPerRun }) => secondsPerRun === null).map(({ label }) => label);
  const isCut = strategies.some((strategy) => strategy.isCut);
  const known = `About ${timeText(seconds)} with ${counted(workers, "worker")}`;
  return [
    ...(unknown.length < strategies.length
      ? [
          `${known}. Each strategy has just run on ${sample.join(", ")} on this machine, for at most ${mostSeconds} s on each.`,
          ...(isCut ? ["At least: runs were stopped then, and their last evaluations may cost more than the first."] : []),
        ]
      : []),
    ...(unknown.length === 0 ? [] : [`Unknown, and not in the sum: ${unknown.join(", ")}. A dry run starts no code from outside.`]),
  ];
}

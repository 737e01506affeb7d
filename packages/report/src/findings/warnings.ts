/** What a reader must know before the numbers: missing runs, wrong minima, failures, early ends and too few seeds. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import { level } from "../confidence.ts";
import { span } from "../format.ts";
import { judgedByRecommendation } from "../measure.ts";
import { listed, named, type Phrase } from "../page/phrase.ts";
import { measuredCoverage, measuredSeeds } from "./measuredCoverage.ts";
import type { Warning } from "./sentence.ts";

export function warnings(analysis: Analysis): readonly Warning[] {
  return [
    ...missingRuns(analysis),
    ...wrongOptima(analysis),
    ...unknownRecommendations(analysis),
    ...failedRuns(analysis),
    ...failures(analysis),
    ...earlyEnds(analysis),
    ...tunedProblems(analysis),
    ...fewSeeds(analysis),
  ];
}

/** How many gaps a warning names before it only counts them. */
const namedGaps = 8;

function missingRuns(analysis: Analysis): readonly Warning[] {
  const { strategies, seeds } = analysis.results;
  const gaps = analysis.problems.flatMap((problem) =>
    problem.strategies.flatMap(({ runs }, index) => (runs < seeds.length ? [{ problem, index, missing: seeds.length - runs }] : [])),
  );
  if (gaps.length === 0) return [];
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const meant = strategies.length * analysis.blocksMeant;
  const text: Phrase = [
    `Incomplete: ${missing} of ${counted(meant, "run")} ${missing === 1 ? "is" : "are"} missing. Comparisons use the ${analysis.blocks} of ${analysis.blocksMeant} (problem, seed) blocks in which every strategy has a run. Missing: `,
    ...gaps
      .slice(0, namedGaps)
      .flatMap(
        ({ problem, index, missing: count }, place): Phrase => [
          place === 0 ? "" : "; ",
          named(strategies[index]!.label),
          " on ",
          named(problem.card.id),
          ` (${count} of ${seeds.length})`,
        ],
      ),
    gaps.length > namedGaps ? `; and ${gaps.length - namedGaps} more, all in the table “What was run”.` : ".",
  ];
  return [{ severity: "error", text }];
}

function wrongOptima({ results, problems }: Analysis): readonly Warning[] {
  return problems.flatMap(({ card, strategies }): readonly Warning[] => {
    const below = strategies.reduce((sum, { belowOptimum }) => sum + belowOptimum, 0);
    if (below === 0) return [];
    const noun = results.resource === undefined ? "evaluation" : "recommendation";
    const values = below === 1 ? `1 ${noun} lies` : `${below} ${noun}s lie`;
    const text: Phrase = [
      "The stated minimum of ",
      named(card.id),
      ` cannot be right: ${values} below it by more than its tolerance. Do not trust the regrets on this problem.`,
    ];
    return [{ severity: "error", text }];
  });
}

function failures({ results, problems }: Analysis): readonly Warning[] {
  const failuresOn = (some: Analysis["problems"]): number =>
    some.reduce((sum, { strategies }) => sum + strategies.reduce((inner, strategy) => inner + strategy.failures, 0), 0);
  if (results.resource === undefined) {
    const infeasible = failuresOn(problems.filter(({ card }) => card.measuredConstraints !== undefined));
    const failed = failuresOn(problems.filter(({ card }) => card.measuredConstraints === undefined));
    const constrained = `${counted(infeasible, "evaluation")} of problems with measured constraints broke one, or failed. They are counted and improve nothing.`;
    const plain = `${counted(failed, "evaluation")} failed. A failed evaluation is counted and improves nothing.`;
    return [...(infeasible === 0 ? [] : [constrained]), ...(failed === 0 ? [] : [plain])].map((text) => ({
      severity: "caution",
      text: [text],
    }));
  }
  const failed = failuresOn(problems);
  if (failed === 0) return [];
  const text = `${counted(failed, "training")} failed: infeasible or diverged. A failure shows at the next measurement, and the budget includes what was spent until then.`;
  return [{ severity: "caution", text: [text] }];
}

/** Runs that a fault ended. */
function failedRuns({ campaign }: Analysis): readonly Warning[] {
  const failed = campaign.runs.filter((run) => run.failed !== undefined);
  if (failed.length === 0) return [];
  const labels = campaign.strategies.map(({ label }) => label).filter((label) => failed.some(({ strategy }) => strategy === label));
  const text: Phrase = [
    `${failed.length} of ${counted(campaign.runs.length, "run")} failed, of `,
    ...listed(labels),
    ". The reasons are in the section “What was run”. Their best value until the fault counts for the rest of the budget.",
  ];
  return [{ severity: "error", text }];
}

/** Results on problems on which defaults were chosen flatter the strategies that have these defaults. */
function tunedProblems({ results }: Analysis): readonly Warning[] {
  const tuned = results.problems.filter((card) => card.tuned === true).map(({ id }) => id);
  if (tuned.length === 0) return [];
  const text: Phrase = [
    "The defaults of some strategies were chosen on ",
    ...(tuned.length === results.problems.length ? ["all problems of this campaign"] : listed(tuned)),
    ". Results there say little about other problems.",
  ];
  return [{ severity: "caution", text }];
}

/** Comparisons at the final budget include strategies that stopped before it. */
function earlyEnds({ results, problems }: Analysis): readonly Warning[] {
  const spent = results.resource === undefined ? "evaluations made" : "full trainings spent";
  const best = judgedByRecommendation(results) ? "Its recommendation" : "Its best value";
  return results.strategies.flatMap(({ label }, index): readonly Warning[] => {
    const ends = problems.flatMap(({ strategies }) => strategies[index]!.endedEarly).sort((a, b) => a - b);
    if (ends.length === 0) return [];
    const runs = problems.reduce((sum, { strategies }) => sum + strategies[index]!.runs, 0);
    const text: Phrase = [
      named(label),
      ` ended before the budget in ${ends.length} of ${counted(runs, "run")} (${spent}: ${span(ends)}). ${best} at that point counts for the rest of the budget.`,
    ];
    return [{ severity: "caution", text }];
  });
}

/** A noisy run without recommendations would be judged by the best of its points, which the strategy could not know. */
function unknownRecommendations({ results: { noise, resource, runs } }: Analysis): readonly Warning[] {
  // Some problems bring their own noise: their runs have recommendations although the campaign adds no noise.
  const noisyProblems = new Set(runs.filter(({ recommended }) => recommended !== undefined).map(({ problem }) => problem));
  const noisyRuns = noise === "none" ? runs.filter(({ problem }) => noisyProblems.has(problem)) : runs;
  const without = noisyRuns.filter(({ recommended }) => recommended === undefined).length;
  if (resource !== undefined || without === 0) return [];
  const text = `The values are noisy, but ${without} of ${counted(noisyRuns.length, "run")} do not say what the strategy recommends. The report judges them by the best point that they evaluated, which the strategy could not know. Do not trust their regrets.`;
  return [{ severity: "error", text: [text] }];
}

/** From this number of seeds on, intervals cover as often as they say (`measuredCoverage.ts`). */
const enoughSeeds = 14;

function fewSeeds(analysis: Analysis): readonly Warning[] {
  const some = analysis.problems.filter(({ complete }) => complete.length > 0);
  const least = some.reduce((fewest, { complete }) => Math.min(fewest, complete.length), Infinity);
  if (least >= enoughSeeds) return [];
  const those = some.filter(({ complete }) => complete.length === least).map(({ card }) => card.id);
  const who: Phrase =
    those.length === analysis.problems.length
      ? [those.length === 1 ? "The problem has" : "Each problem has"]
      : [...listed(those.slice(0, namedGaps)), others(those.length - namedGaps), those.length === 1 ? " has" : " have"];
  if (least < 2) return [{ severity: "caution", text: [...who, " a single complete seed, so no intervals are given."] }];
  return [{ severity: "caution", text: [...who, ` only ${least} complete seeds. ${coverageWords(least)}`] }];
}

/** Problems that a warning counts and does not name. */
function others(count: number): string {
  return count > 0 ? ` and ${counted(count, "other problem")}` : "";
}

/** What the simulations say about the largest number of seeds that they have and `seeds` reaches, or about their smallest one. */
function coverageWords(seeds: number): string {
  const place = Math.max(0, measuredSeeds.filter((count) => count <= seeds).length - 1);
  const measured = measuredCoverage.filter(({ coverage }) => coverage[place]! > 0);
  const worst = measured.reduce((least, row) => (row.coverage[place]! < least.coverage[place]! ? row : least));
  const best = measured.reduce((most, { coverage }) => Math.max(most, coverage[place]!), 0);
  const least = percent(worst.coverage[place]!);
  return `In simulations with ${measuredSeeds[place]!} seeds, intervals at the ${percent(1 - level)} level covered the true value in ${least} to ${percent(best)} of the cases. The least was that of the ${worst.statistic} (${worst.data}).`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

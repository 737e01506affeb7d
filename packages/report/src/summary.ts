/**
 * The report for programs, `results.json`: the numbers of the pages in full precision. docs/reports.md lists its keys. JSON has no
 * Infinity, so it is the string "Infinity".
 */
import type { Analysis } from "./analysis/analysis.ts";
import { ledger } from "./analysis/ledger.ts";
import type { RankStanding } from "./analysis/standing.ts";
import { level } from "./confidence.ts";
import { findings } from "./findings/findings.ts";
import { warnings } from "./findings/warnings.ts";
import { measuresRecord } from "./measuresRecord.ts";
import { phraseText } from "./page/phrase.ts";
import { shownCommand } from "./page/shownCommand.ts";
import { escapeJson } from "./render/escapeJson.ts";
import { regretFloor } from "./statistics/logRegret.ts";

export function summary(analysis: Analysis): string {
  const { campaign, results, final, anytime } = analysis;
  const standing = (of: RankStanding | null): unknown =>
    of === null
      ? null
      : analysis.order.map((index) => ({
          strategy: results.strategies[index]!.label,
          meanRank: of.meanRanks[index],
          behindFirst: of.behind[index],
          seedsNeeded: of.seedsNeeded[index],
          againstReference: of.records[index],
        }));
  const content = {
    format: "caviar-report-2",
    name: results.name,
    title: results.title,
    question: results.question,
    planHash: results.planHash,
    dataHash: results.dataHash,
    command: shownCommand(results.command),
    ...(results.origin === undefined ? {} : { origin: results.origin }),
    reference: results.strategies[analysis.reference]!.label,
    confidence: 1 - level,
    completeBlocks: analysis.blocks,
    blocks: analysis.blocksMeant,
    warnings: warnings(analysis).map(({ severity, text }) => ({ severity, text: phraseText(text) })),
    findings: findings(analysis).map(({ text }) => phraseText(text)),
    final: standing(final),
    anytime: standing(anytime),
    controls: analysis.controls,
    strategies: campaign.strategies,
    failedRuns: campaign.runs.flatMap(({ problem, strategy, seed, failed }) =>
      failed === undefined ? [] : [{ problem, strategy, seed, ...failed }],
    ),
    spent: ledger(campaign).map(({ label, sum }) => ({ strategy: label, ...sum })),
    ...(results.resource === undefined ? {} : { resource: results.resource }),
    ...measuresRecord(analysis),
    problems: analysis.problems.map(({ card, complete, strategies }) => ({
      problem: card.id,
      budget: card.budget,
      regretFloor: regretFloor(card),
      ...(card.group === undefined ? {} : { group: card.group }),
      ...(card.box === undefined ? {} : { box: card.box }),
      ...(card.tuned === undefined ? {} : { tuned: card.tuned }),
      completeSeeds: complete.map((seed) => results.seeds[seed]),
      strategies: strategies.map((entry, index) => ({
        strategy: results.strategies[index]!.label,
        runs: entry.runs,
        failures: entry.failures,
        endedEarly: entry.endedEarly,
        valuesBelowOptimum: entry.belowOptimum,
        finalLog10Regret: entry.curve[entry.curve.length - 1] ?? null,
        anytimeScore: entry.anytime,
        meanRank: entry.meanRank,
        againstReference: entry.comparison,
      })),
    })),
  };
  return escapeJson(`{\n${Object.entries(content).map(memberText).join(",\n")}\n}\n`);
}

/** One line, or one line per entry of a list. */
function memberText([name, value]: readonly [string, unknown]): string {
  const text = Array.isArray(value) && value.length > 0 ? `[\n${value.map(jsonText).join(",\n")}\n]` : jsonText(value);
  return `"${name}": ${text}`;
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (inner === Infinity ? "Infinity" : inner));
}

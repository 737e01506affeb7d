/** The measures that do not depend on which strategies take part, for `results.json`. */
import type { Analysis } from "./analysis/analysis.ts";
import type { AnchoredRegret } from "./analysis/anchored.ts";
import type { Control } from "./analysis/control.ts";
import type { Equivalents } from "./analysis/equivalents.ts";
import type { ProblemTimes } from "./analysis/runningTimes.ts";
import type { SpeedUps } from "./analysis/speedUps.ts";

/** Empty if no block is complete. Members are null if no problem has what they need. */
export function measuresRecord({ results, measures, controls }: Analysis): object {
  if (measures === null) return {};
  const labels = results.strategies.map(({ label }) => label);
  const { equivalents, anchored, speedUps, runtime } = measures;
  return {
    randomSearchEquivalents: equivalents === null ? null : equivalentsRecord(equivalents, labels),
    anchoredRegret: anchored === null ? null : anchoredRecord(anchored, labels),
    speedUps: speedUps === null ? null : speedUpsRecord(speedUps, labels, controls),
    runningTimes: {
      toRandomSearchPerDimension: timesRecord(runtime.budgetTimes, labels),
      toPrecision: timesRecord(runtime.precisionTimes, labels),
    },
  };
}

function equivalentsRecord({ cards, problems, resolutions, overall, groups }: Equivalents, labels: readonly string[]): object {
  return {
    problemGroups: groups,
    overall: overall.map((median, index) => ({ strategy: labels[index], median })),
    problems: problems.map((problem, place) => ({
      problem: cards[place]!.id,
      most: resolutions[place],
      strategies: problem.map((quartiles, index) => ({ strategy: labels[index], ...quartiles })),
    })),
  };
}

function anchoredRecord({ cards, problems, atFloors, groups }: AnchoredRegret, labels: readonly string[]): object {
  return {
    problemGroups: groups,
    floors: atFloors.map(({ floor, level, againstReference }) => ({
      floor,
      strategies: labels.map((strategy, index) => ({
        strategy,
        log10AnchoredRegret: level[index],
        log10AgainstReference: againstReference[index],
      })),
    })),
    problems: problems.map((problem, place) => ({
      problem: cards[place]!.id,
      strategies: problem.map((median, index) => ({ strategy: labels[index], medianLog10AnchoredRegret: median })),
    })),
  };
}

function speedUpsRecord({ cards, problems, overall }: SpeedUps, labels: readonly string[], controls: readonly Control[]): object {
  return {
    controls: controls.map(({ twin, twinOf, speedUp }) => ({ twin, twinOf, medianShareOfOriginal: speedUp?.share ?? null })),
    overall: overall.map(({ reached, share }, index) => ({
      strategy: labels[index],
      problemsReached: reached,
      medianShareOfReference: share,
    })),
    problems: problems.map((problem, place) => ({
      problem: cards[place]!.id,
      strategies: problem.map(({ expected, share, successes, runs, each }, index) => ({
        strategy: labels[index],
        expectedRunningTime: expected,
        shareOfReference: share,
        successes,
        runs,
        eachRun: each,
      })),
    })),
  };
}

/** The targets that some strategy reaches. */
function timesRecord(times: readonly ProblemTimes[], labels: readonly string[]): readonly object[] {
  return times.flatMap(({ card, targets }) =>
    targets.filter(isReached).map(({ name, value, strategies }) => ({
      problem: card.id,
      target: name,
      medianValue: value,
      expected: Object.fromEntries(strategies.map(({ expected }, index) => [labels[index]!, expected])),
      successes: Object.fromEntries(strategies.map(({ successes }, index) => [labels[index]!, successes])),
    })),
  );
}

function isReached({ strategies }: ProblemTimes["targets"][number]): boolean {
  return strategies.some(({ successes }) => successes > 0);
}

/** What a campaign's results say of its strategies and problems. */
import type { Notice } from "@caviar-hpo/core";
import { fewTrials } from "@caviar-hpo/core/contract";
import { hasKey } from "@caviar-hpo/core/read";
import { encodeProblem } from "@caviar-hpo/core/wire";
import type { ProblemFacts, Schedule, StrategyCard } from "@caviar-hpo/report";
import { createStrategy, planOf } from "@caviar-hpo/tune";
import type { Arena } from "../arena/arena.ts";
import { type ArenaSpec, partOf } from "../arena/arenaSpec.ts";
import { digestOf } from "../parts/digest.ts";
import { nameAndVersionOf } from "../parts/nameAndVersion.ts";
import { cardOf } from "../parts/openStrategy.ts";
import { originOf, type ProblemPart, type StrategyPart } from "../parts/part.ts";
import type { PartsAtHand } from "../parts/partsAtHand.ts";
import type { SavedParts } from "../parts/savedParts.ts";
import type { ResolvedStrategy } from "../plan/cells.ts";

/** A problem of the campaign by its id in the plan, with its arena at the first seed. */
export type CampaignProblem = { readonly id: string; readonly spec: ArenaSpec; readonly arena: Arena };

/** @throws ConfigError for a strategy or an option that does not exist, and for a program that does not work. */
export function strategyCard(strategy: ResolvedStrategy, problems: readonly CampaignProblem[], parts: PartsAtHand): StrategyCard {
  const { label, options, evaluationsPerStep, twinOf, part } = strategy;
  const contracts = problems.map(({ arena }) => arena.problem);
  const { name, version } = nameAndVersionOf(strategy, contracts, parts);
  return {
    label,
    name,
    version,
    options,
    evaluationsPerStep,
    ...(part !== undefined && { origin: originOf(part) }),
    ...(twinOf !== undefined && { twinOf }),
  };
}

/** With the versions that made the runs of the folder, in place of those that are here now. */
export function withSavedVersions(cards: readonly StrategyCard[], saved: SavedParts | null): readonly StrategyCard[] {
  return cards.map((card) => (hasKey(saved?.versions, card.label) ? { ...card, version: saved.versions[card.label]! } : card));
}

/** What is to be kept of versions, and of the parts of a plan from outside whose code may be run. */
export function partsToSave(
  strategies: readonly ResolvedStrategy[],
  cards: readonly StrategyCard[],
  problems: readonly CampaignProblem[],
): SavedParts {
  const versions = strategies.flatMap(({ label, part }, index) => (part === undefined ? [[label, cards[index]!.version] as const] : []));
  const ofStrategies = strategies.flatMap(({ label, part }, index) => {
    const { name, version } = cards[index]!;
    return isOpen(part) ? [[label, { name, version, digest: digestOf(part) }] as const] : [];
  });
  const ofProblems = problems.flatMap(({ id, spec, arena: { facts, problem } }) => {
    const part = partOf(spec);
    return isOpen(part) ? [[id, { facts, problem: encodeProblem(problem), digest: digestOf(part) }] as const] : [];
  });
  return {
    versions: Object.fromEntries(versions),
    strategies: Object.fromEntries(ofStrategies),
    problems: Object.fromEntries(ofProblems),
  };
}

function isOpen<P extends StrategyPart | ProblemPart>(part: P | null | undefined): part is P {
  return part !== null && part !== undefined && part.kind !== "closed";
}

/** @param budget counted evaluations of each run, or full trainings. */
export function problemFacts({ id, arena: { facts, problem } }: CampaignProblem, budget: number): ProblemFacts {
  const { fidelity, resumable } = problem;
  return { id, ...facts, budget, ...(fidelity === null ? {} : { fidelity, resumable }) };
}

/**
 * Notices about strategies for which the budget is too small, one per strategy at most.
 *
 * @param units counted evaluations of each run.
 */
export function fewEvaluations(
  strategies: readonly ResolvedStrategy[],
  problems: readonly CampaignProblem[],
  units: number,
  parts: PartsAtHand,
): readonly Notice[] {
  return strategies.flatMap((strategy) => {
    const { label, options, evaluationsPerStep } = strategy;
    const card = cardOf(strategy, parts);
    if (card === null) return [];
    const notices = problems.map(({ arena: { problem } }) => {
      const least = createStrategy(card, options, problem).leastTrials?.(problem) ?? null;
      return fewTrials(label, least, units * evaluationsPerStep, 0);
    });
    return notices.filter((notice) => notice !== null).slice(0, 1);
  });
}

/**
 * What the strategies are going to do, each text once: strategies and problems with the same text stand together, for instance problems of
 * the same range of fidelities.
 */
export function schedulesOf(
  strategies: readonly ResolvedStrategy[],
  problems: readonly CampaignProblem[],
  parts: PartsAtHand,
): readonly Schedule[] {
  const schedules = new Map<string, { readonly strategies: Set<string>; readonly problems: Set<string> }>();
  for (const strategy of strategies) {
    const { label, options } = strategy;
    const card = cardOf(strategy, parts);
    for (const { id, arena } of card === null ? [] : problems) {
      const text = planOf(card!, options, arena.problem);
      if (text === null) continue;
      const same = schedules.get(text) ?? { strategies: new Set(), problems: new Set() };
      schedules.set(text, same);
      same.strategies.add(label);
      same.problems.add(id);
    }
  }
  return [...schedules].map(([text, same]) => ({ strategies: [...same.strategies], problems: [...same.problems], text }));
}

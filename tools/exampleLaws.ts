/**
 * Examples obey the laws too: every card, strategy, sampler and scheduler that a block of the documentation exports is held to them. A
 * block that declares one has to export it, so that none escapes.
 */
import { type Card, complete, compose, type Sampler, type SchedulerCard, type Strategy } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { cardLaws, type Law, strategyLaws } from "@caviar-hpo/core/testing";
import { randomCard } from "@caviar-hpo/samplers";
import type { Block } from "./docs.ts";

type Module = { readonly [name: string]: unknown };

/** Enough cases for a small example's faults, few enough for every run of the tests. */
const runs = 0.2;

/** The laws of all that a module exports, each named with its export. */
export function lawsOfExports(module: Module): readonly Law[] {
  return Object.entries(module).flatMap(([name, value]) =>
    lawsOf(name, value).map((law) => ({ name: `${name} ${law.name}`, run: law.run })),
  );
}

/** Samplers and the like that a block declares and does not export. */
export function hiddenExamples(blocks: readonly Block[]): readonly string[] {
  const declaration =
    /^(?:const|let) (\w+)(?:: (?:Sampler|Scheduler|Strategy|Card|SamplerCard|SchedulerCard)\b| = (?:samplerCard|composeCards)\()/gm;
  return blocks
    .filter(({ language }) => language === "ts")
    .flatMap(({ file, line, code }) =>
      [...code.matchAll(declaration)].map(([, name]) => `${file}:${line}: export ${name}, so that it is held to the laws`),
    );
}

/** A strategy without a card declares nothing; but that it uses its seed is expected of an example. */
function lawsOf(name: string, value: unknown): readonly Law[] {
  if (has(value, "create", "dependsOn")) return cardLaws(value as Card, { runs });
  if (has(value, "scheduler", "dependsOn")) {
    const scheduler = value as SchedulerCard;
    return cardLaws(composeCards(scheduler, scheduler, randomCard), { runs });
  }
  if (has(value, "suggest", "init")) return strategyLaws(name, () => compose(complete, value as Sampler), { random: true, runs });
  if (has(value, "ask", "init")) return strategyLaws(name, () => value as Strategy, { random: true, runs });
  return [];
}

function has(value: unknown, ...fields: readonly string[]): boolean {
  return typeof value === "object" && value !== null && fields.every((field) => field in value);
}

/** Which strategies of a campaign this version of Caviar has in another version, so that it would decide otherwise. */
import type { Problem } from "@caviar-hpo/core";
import { hasKey } from "@caviar-hpo/core/read";
import { nameAndVersionOf } from "../parts/nameAndVersion.ts";
import type { CastStrategy } from "../parts/openStrategy.ts";
import type { PartsAtHand } from "../parts/partsAtHand.ts";

/** The label of a strategy, the version that made its runs, and the version here. */
export type OtherVersion = { readonly strategy: string; readonly made: number | string; readonly here: number | string };

/** Strategies from outside have digests instead, which `keepSavedParts` compares. @param problem any one of the campaign. */
export function otherVersions(strategies: readonly CastStrategy[], problem: Problem, parts: PartsAtHand): readonly OtherVersion[] {
  const saved = parts.saved?.versions;
  return strategies.flatMap((strategy) => {
    const { label, part } = strategy;
    if (part !== undefined || !hasKey(saved, label)) return [];
    const { version: here } = nameAndVersionOf(strategy, [problem], parts);
    const made = saved[label]!;
    return made === here ? [] : [{ strategy: label, made, here }];
  });
}

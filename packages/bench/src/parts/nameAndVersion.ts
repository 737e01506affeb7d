/** The name and the version of a strategy, for the report. A program is asked for its version, which also shows that it works. */
import { type CaviarError, ConfigError, ExternalError, type Problem } from "@caviar-hpo/core";
import { hasKey } from "@caviar-hpo/core/read";
import { type CastStrategy, openStrategy, titleOf } from "./openStrategy.ts";
import { notAllowed, type PartsAtHand } from "./partsAtHand.ts";
import { peerNames, python } from "./peers.ts";

export type NameAndVersion = { readonly name: string; readonly version: number | string };

/**
 * @param problems those of the campaign. A program may refuse some of them.
 * @throws ConfigError for a strategy or an option that does not exist, and for a program that takes no problem or does not answer.
 */
export function nameAndVersionOf(strategy: CastStrategy, problems: readonly Problem[], parts: PartsAtHand): NameAndVersion {
  const { label, name, part } = strategy;
  if (part?.kind === "closed") return hasKey(parts.saved?.strategies, label) ? parts.saved.strategies[label]! : notAllowed(titleOf(label));
  let refusal: CaviarError | null = null;
  for (const problem of problems) {
    try {
      const { strategy: opened, version, close } = openStrategy(strategy, problem, "version", parts);
      close();
      return { name: part?.kind === "module" ? opened.name : name, version };
    } catch (error) {
      const isRefusal = error instanceof ConfigError && error.code === "refused";
      if (!isRefusal && !(error instanceof ExternalError)) throw error;
      refusal ??= error;
      if (!isRefusal) break;
    }
  }
  throw unusable(strategy, refusal!);
}

/** A peer usually lacks its Python packages. */
function unusable({ label, part }: CastStrategy, { code, what, expected, got, remedy }: CaviarError): ConfigError {
  if (part?.kind !== "peer" || code === "timeout") return new ConfigError({ code, what, expected, got, remedy });
  return new ConfigError({
    code: "peerUnusable",
    what: `${titleOf(label)}, served by ${python(part.name)}`,
    expected: "a peer that takes a problem of the plan",
    got,
    remedy:
      `If Python lacks its packages: npm run peers:install -- ${part.name}, in the repository of Caviar; ` +
      `or ${python(part.name)} -m pip install ${peerNames[part.name]!.packages}. CAVIAR_PYTHON names another interpreter.`,
  });
}

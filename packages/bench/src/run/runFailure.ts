/**
 * Why a run failed, as the record and the results say it. Whatever a strategy or a problem throws is a failure of its run, and the campaign
 * continues with the next run. What Caviar throws when it reads or writes records stops the campaign.
 */
import { ConfigError, ExternalError, SpaceError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { RunFailure } from "@caviar-hpo/report";

const longest = 500;

/** @param thrown by a strategy or a problem. */
export function runFailureOf(thrown: unknown): RunFailure {
  const message = thrown instanceof Error && thrown.message !== "" ? thrown.message : show(thrown);
  return { kind: kindOf(thrown), message: message.length > longest ? `${message.slice(0, longest)}…` : message };
}

function kindOf(thrown: unknown): RunFailure["kind"] {
  if (thrown instanceof ConfigError || thrown instanceof SpaceError) return "refused";
  return thrown instanceof ExternalError && thrown.code === "timeout" ? "timedOut" : "crashed";
}

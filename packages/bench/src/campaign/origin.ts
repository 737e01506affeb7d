/** Where a campaign comes from, for its report: who ran it, when, and with what. */
import type { CampaignOrigin } from "@caviar-hpo/report";
import type { CampaignEnvironment } from "../verify/environment.ts";
import type { CampaignHead } from "./campaignFolder.ts";

/** Environments come from a file whose content is not checked, so what is missing is left out. */
export function originOf({ authors = [], day }: CampaignHead, environments: readonly Partial<CampaignEnvironment>[]): CampaignOrigin {
  return {
    authors,
    ...(day === undefined ? {} : { day }),
    machines: environments.map(({ repository, lockfile, packages, runtime, cpu }) => ({
      commit: textOr(repository?.commit),
      unchanged: repository?.clean ?? null,
      version: textOr(packages?.["caviar-hpo"]),
      lockfile: textOr(lockfile?.sha256),
      node: textOr(runtime?.node),
      system: runtime === undefined ? null : `${runtime.platform} ${runtime.arch}`,
      processor: cpu === undefined ? null : `${cpu.model}, ${cpu.cores} cores`,
    })),
  };
}

function textOr(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

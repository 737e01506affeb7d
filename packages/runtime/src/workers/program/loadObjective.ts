/**
 * Loads the module of an objective. This is the only file of the package that imports a module whose name is not in its source: the user's
 * program has given the URL to `optimize`. It never comes from a log, a result or a configuration.
 */
import type { Config } from "@caviar-hpo/core";
import { thrownText } from "@caviar-hpo/core/text";
import type { ObjectiveFunction } from "@caviar-hpo/tune";
import type { Unusable } from "../messages.ts";

export type LoadedObjective =
  | { readonly objective: ObjectiveFunction<Config, Uint8Array> }
  | { readonly unusable: Unusable; readonly error: string };

/** The default export of a module. */
export async function loadObjective(url: string): Promise<LoadedObjective> {
  try {
    // biome-ignore lint/plugin: the URL comes from the user's program.
    const { default: objective } = (await import(url)) as { readonly default?: unknown };
    if (typeof objective === "function") return { objective: objective as ObjectiveFunction<Config, Uint8Array> };
    return {
      unusable: "noFunction",
      error: objective === undefined ? "no default export" : `a default export that is ${typeof objective}`,
    };
  } catch (thrown) {
    const { code } = Object(thrown) as { readonly code?: unknown };
    const isTypeScript = /\.[cm]?ts$/.test(url) && code === "ERR_UNKNOWN_FILE_EXTENSION";
    return { unusable: isTypeScript ? "typescript" : "notLoaded", error: thrownText(thrown) };
  }
}

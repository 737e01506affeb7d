/** The objective of a module: its default export. */
import type { Config } from "@caviar-hpo/core";
import type { ObjectiveFunction } from "@caviar-hpo/tune";
import { loadModule } from "../../parts/loadModule.ts";
import type { Unusable } from "../messages.ts";

export type LoadedObjective =
  | { readonly objective: ObjectiveFunction<Config, Uint8Array> }
  | { readonly unusable: Unusable; readonly error: string };

/** @param url the URL of the module, which the user's program has given to `optimize`. */
export async function loadObjective(url: string): Promise<LoadedObjective> {
  const loaded = await loadModule(url);
  if ("unusable" in loaded) return loaded;
  const { default: objective } = loaded.exports;
  if (typeof objective === "function") return { objective: objective as ObjectiveFunction<Config, Uint8Array> };
  return {
    unusable: "noFunction",
    error: objective === undefined ? "no default export" : `a default export that is ${typeof objective}`,
  };
}

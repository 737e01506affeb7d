/** Gets the parts of a campaign ready: loads its modules, and writes the programs of the peers into a folder. */
import { loadParts, type PartsAtHand, type PartsSite } from "./partsAtHand.ts";
import { writePeers } from "./peers.ts";

/** What threads need, what this thread needs, and how both end. */
export type ReadyParts = { readonly site: PartsSite; readonly parts: PartsAtHand; close(): void };

export type NeededParts = {
  /** The URLs of modules. */
  readonly modules: readonly string[];
  readonly hasPeers: boolean;
};

/** @throws ConfigError for a module that cannot be loaded. */
export async function prepareParts({ modules, hasPeers }: NeededParts): Promise<ReadyParts> {
  const peers = hasPeers ? writePeers() : null;
  const close = (): void => peers?.remove();
  const site = { modules, peers: peers?.folder ?? null };
  try {
    return { site, parts: await loadParts(site), close };
  } catch (error) {
    close();
    throw error;
  }
}

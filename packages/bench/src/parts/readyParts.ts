/** Gets the parts of a campaign ready: loads its modules, and writes the programs of the peers into a folder. */
import { loadParts, type PartsAtHand, type PartsSite } from "./partsAtHand.ts";
import { writePeers } from "./peers.ts";
import type { SavedParts } from "./savedParts.ts";

/** What threads need, what this thread needs, and how both end. */
export type ReadyParts = { readonly site: PartsSite; readonly parts: PartsAtHand; close(): void };

export type NeededParts = {
  /** The URLs of modules. */
  readonly modules: readonly string[];
  readonly hasPeers: boolean;
};

/**
 * @param saved what the folder of the campaign says of parts whose code may not be run.
 * @throws ConfigError for a module that cannot be loaded.
 */
export async function prepareParts({ modules, hasPeers }: NeededParts, saved: SavedParts | null): Promise<ReadyParts> {
  const peers = hasPeers ? writePeers() : null;
  const close = (): void => peers?.remove();
  const site = { modules, peers: peers?.folder ?? null };
  try {
    return { site, parts: { ...(await loadParts(site)), saved }, close };
  } catch (error) {
    close();
    throw error;
  }
}

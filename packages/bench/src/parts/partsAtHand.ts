/**
 * What a thread needs to run the parts of a plan: the modules that it has loaded, and where the programs of the peers are. Where no code
 * may be run, there is what the folder of the campaign says of the parts.
 */
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { loadModule } from "@caviar-hpo/runtime/parts";
import type { ClosedPart, ModulePart, ProgramPart, StrategyPart } from "./part.ts";
import { python } from "./peers.ts";
import type { SavedParts } from "./savedParts.ts";

/** Plain data: the modules of the plan by their URLs, and the folder with the peers; null if the plan names none. */
export type PartsSite = { readonly modules: readonly string[]; readonly peers: string | null };

export type PartsAtHand = {
  /** The exports of each module by its URL. */
  readonly modules: ReadonlyMap<string, { readonly [name: string]: unknown }>;
  readonly peers: string | null;
  readonly saved: SavedParts | null;
};

/** For plans without such parts. */
export const noParts: PartsAtHand = { modules: new Map(), peers: null, saved: null };

/** Loads the modules, one after another. @throws ConfigError for one that cannot be loaded. */
export async function loadParts({ modules: urls, peers }: PartsSite): Promise<PartsAtHand> {
  const modules = new Map<string, { readonly [name: string]: unknown }>();
  for (const url of urls) {
    const loaded = await loadModule(url);
    if ("unusable" in loaded) refuseModule(url, loaded.unusable, loaded.error);
    modules.set(url, loaded.exports);
  }
  return { modules, peers, saved: null };
}

/** The value that a part names. @throws ConfigError if the module has no such export. */
export function exportOf({ text, url, exported }: ModulePart, { modules }: PartsAtHand): unknown {
  const exports = modules.get(url)!;
  if (exports[exported] !== undefined) return exports[exported];
  throw new ConfigError({
    code: "badModule",
    what: `module ${show(text)}`,
    expected: exported === "default" ? "a default export" : `an export ${show(exported)}`,
    got: `the exports ${Object.keys(exports).join(", ") || "none"}`,
    remedy: 'Name the export behind the path, such as "./my-sampler.mjs#card".',
  });
}

/** How the program of a part is started. */
export function programOf(part: Exclude<StrategyPart, ModulePart | ClosedPart>, { peers }: PartsAtHand): Omit<ProgramPart, "kind"> {
  if (part.kind === "command") return part;
  return { command: [python(part.name), "serve.py"], cwd: peers!, inherit: [], timeoutSeconds: part.timeoutSeconds };
}

function refuseModule(url: string, unusable: "typescript" | "notLoaded", error: string): never {
  const [expected, remedy] =
    unusable === "typescript"
      ? ["a module that this version of Node can run", "Compile it to JavaScript, or use Node 22.18 or newer, which runs TypeScript."]
      : ["a module that can be loaded", "Correct the module."];
  throw new ConfigError({ code: "badModule", what: `module ${url}`, expected: expected!, got: error, remedy: remedy! });
}

/** @throws ConfigError, always. @param what the part that would be needed. */
export function notAllowed(what: string): never {
  throw new ConfigError({
    code: "codeNotAllowed",
    what,
    expected: "no code from outside, because this command runs no code that a plan names",
    got: "a module or a program",
    remedy: "Run caviar bench --plan FILE: it runs the code of the plan that it is given.",
  });
}

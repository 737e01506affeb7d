/**
 * Loads a module of the user. This is the only file of Caviar that imports a module whose name is not in its source. The URL is that of a
 * file which the user's program or the command line has named: the objective of `optimize`, or a part of a plan. It never comes from a log,
 * a record, a result or a configuration.
 */
import { thrownText } from "@caviar-hpo/core/text";

/** The exports of a module; or why there are none: it needs a Node that runs TypeScript, or it throws. */
export type LoadedModule =
  | { readonly exports: { readonly [name: string]: unknown } }
  | { readonly unusable: "typescript" | "notLoaded"; readonly error: string };

/** @param url a `file:` URL. */
export async function loadModule(url: string): Promise<LoadedModule> {
  try {
    // biome-ignore lint/plugin: the URL comes from the user's program or command line.
    return { exports: (await import(url)) as { readonly [name: string]: unknown } };
  } catch (thrown) {
    const { code } = Object(thrown) as { readonly code?: unknown };
    const isTypeScript = /\.[cm]?ts$/.test(url) && code === "ERR_UNKNOWN_FILE_EXTENSION";
    return { unusable: isTypeScript ? "typescript" : "notLoaded", error: thrownText(thrown) };
  }
}

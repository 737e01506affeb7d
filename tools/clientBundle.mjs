/**
 * The server that the Python package carries with it: `packages/cli/src/client.ts` and everything that it needs, as one file for Node. It
 * is made of the sources, so nothing has to be built first.
 *
 * Usage: npm run python:bundle
 */
import { join, resolve } from "node:path";
import { build } from "vite";

const root = resolve(import.meta.dirname, "..");
export const bundleFolder = join(root, "clients", "python", "src", "caviar_hpo", "_bundle");
export const bundleName = "caviar.mjs";

/** Writes the file. @param {string} folder it is emptied. */
export async function bundleClient(folder = bundleFolder) {
  const conditions = ["@caviar-hpo/source", "node", "module", "import", "default"];
  await build({
    configFile: false,
    root,
    logLevel: "error",
    ssr: { noExternal: true, resolve: { conditions } },
    build: {
      ssr: join(root, "packages", "cli", "src", "client.ts"),
      outDir: folder,
      emptyOutDir: true,
      target: "node20",
      minify: true,
      rolldownOptions: { output: { entryFileNames: bundleName } },
    },
  });
}

if (process.argv[1] === import.meta.filename) await bundleClient();

/**
 * The server that the Python package carries with it: `packages/cli/src/client.ts` and everything that it needs, as one file for Node. It
 * is made of the sources, so nothing has to be built first.
 *
 * Usage: npm run python:bundle
 */
import { join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
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
    plugins: [packedTexts()],
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

/**
 * Packs the long texts in generated files, such as the WebAssembly module. Node unpacks a constant when the
 * server starts, and what a function returns when it is called.
 *
 * @returns {import("vite").Plugin}
 */
function packedTexts() {
  return {
    name: "packed-texts",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(".generated.ts")) return null;
      const packed = code.replace(/"(?:[^"\\\n]|\\.){10000,}"/g, (text) => {
        const bytes = deflateRawSync(JSON.parse(text), { level: 9 });
        return `inflateRawSync(Buffer.from("${bytes.toString("base64")}", "base64")).toString()`;
      });
      return `import { inflateRawSync } from "node:zlib";\n${packed}`;
    },
  };
}

if (process.argv[1] === import.meta.filename) await bundleClient();

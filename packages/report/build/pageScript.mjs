/**
 * Bundles start.mjs and src/browser, the script of pages, and writes it as text with its SHA-256 to src/render/pageScript.generated.ts. The
 * same sources give the same bytes, so the file is committed and tests need no build. The text is in a function, because the server of the
 * Python package packs it, and unpacks it only for a page.
 *
 * Usage: node packages/report/build/pageScript.mjs   (with CI=true it compares and writes nothing)
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const folder = join(import.meta.dirname, "..");
const target = join(folder, "src", "render", "pageScript.generated.ts");
const script = await bundle();
if (/<\/script|<!--/i.test(script)) throw new Error("The script contains </script or <!--, which would end it inside a page.");
const hash = createHash("sha256").update(script).digest("base64");
const generated = `/** The script of pages, bundled from src/browser by \`build/pageScript.mjs\`, and the SHA-256 of its bytes. */
export const pageScript = (): string => ${JSON.stringify(script)};

export const pageScriptHash: string = "sha256-${hash}";
`;
const before = readFileSync(target, { encoding: "utf8", flag: "a+" });

if (before !== generated) {
  if (process.env.CI === "true") {
    console.error("src/render/pageScript.generated.ts is not the bundle of src/browser. Run npm run build and commit the file.");
    process.exitCode = 1;
  } else {
    writeFileSync(target, generated);
    console.log(`page script: ${script.length} bytes`);
  }
}

/** One script without imports, as an immediately called function. */
async function bundle() {
  const outputs = await build({
    configFile: false,
    root: folder,
    logLevel: "error",
    resolve: { conditions: ["@caviar-hpo/source", "module", "browser", "import", "default"] },
    build: {
      write: false,
      target: "es2022",
      minify: true,
      lib: { entry: join(folder, "build", "start.mjs"), formats: ["iife"], name: "caviarPage" },
    },
  });
  const [output] = /** @type {import("vite").Rollup.RollupOutput[]} */ (outputs);
  const [chunk] = output.output;
  return chunk.code.trim();
}

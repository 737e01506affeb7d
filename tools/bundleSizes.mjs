/**
 * How large programs become that use Caviar: each program of tools/bundles/ is bundled by Vite as an application would be, minified and
 * compressed by gzip. Run by itself, it writes the table of docs/bundle-sizes.md; tools/bundleSizes.test.ts compares that table and holds
 * each program to its limit.
 *
 * Usage: npm run docs:bundles
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const root = resolve(import.meta.dirname, "..");
const page = join(root, "docs", "bundle-sizes.md");

/** Limits are in kB (1000 bytes), minified and compressed. */
export const programs = [
  { file: "coreRandom.ts", title: "core and random points, asked for and reported", limit: 21 },
  { file: "coreRandomDriven.ts", title: "the same, driven by `drive`", limit: 24 },
  { file: "sobolStudy.ts", title: "a study over `sobolCard`", limit: 38 },
  { file: "bayesoptStudy.ts", title: "a study over `bayesoptCard`", limit: 97 },
  { file: "namedStudy.ts", title: "a study by name, with every strategy", limit: 149 },
];

/**
 * @param {string} file a program of tools/bundles/
 * @returns {Promise<{ code: string, minified: number, compressed: number, modules: readonly string[] }>} sizes in bytes; `modules` are
 * what the bundle was made of, as paths from the root of the repository.
 */
export async function bundle(file) {
  const input = join(root, "tools", "bundles", file);
  const result = await build({
    configFile: false,
    root,
    logLevel: "error",
    resolve: { conditions: ["@caviar-hpo/source", "module", "browser", "import", "default"] },
    build: {
      write: false,
      minify: true,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input, preserveEntrySignatures: "strict" },
    },
  });
  if (Array.isArray(result) || !("output" in result)) throw new Error(`${file}: expected one bundle`);
  const [chunk, ...others] = result.output;
  if (others.length > 0) throw new Error(`${file}: expected one chunk, got ${others.map(({ fileName }) => fileName).join(", ")} too`);
  const modules = Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0);
  return {
    code: chunk.code,
    minified: Buffer.byteLength(chunk.code),
    compressed: gzipSync(chunk.code, { level: 9 }).length,
    modules: modules.map(([path]) => path.replace(`${root}/`, "")),
  };
}

/** @param {readonly { title: string, minified: number, compressed: number, limit: number }[]} sizes */
export function tableOf(sizes) {
  return [
    "| program | minified, kB | minified and gzip, kB | limit, kB |",
    "|---|---|---|---|",
    ...sizes.map(({ title, minified, compressed, limit }) => `| ${title} | ${kB(minified)} | ${kB(compressed)} | ${limit} |`),
  ].join("\n");
}

/** @returns {ReadonlyMap<string, { minified: number, compressed: number, limit: number }>} the committed table by its titles, in kB */
export function committedTable() {
  const rows = [...readFileSync(page, "utf8").matchAll(/^\| (.+?) \| ([\d.]+) \| ([\d.]+) \| (\d+) \|$/gm)];
  return new Map(
    rows.map(([, title, minified, compressed, limit]) => [
      String(title),
      { minified: Number(minified), compressed: Number(compressed), limit: Number(limit) },
    ]),
  );
}

/** @param {number} bytes */
function kB(bytes) {
  return (bytes / 1000).toFixed(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  /** @type {{ title: string, minified: number, compressed: number, limit: number }[]} */
  const sizes = [];
  for (const { file, title, limit } of programs) {
    const { minified, compressed } = await bundle(file);
    sizes.push({ title, minified, compressed, limit });
  }
  const text = readFileSync(page, "utf8");
  writeFileSync(
    page,
    text.replace(/^\| program \|.*\n(?:\|.*\n)*/m, () => `${tableOf(sizes)}\n`),
  );
  console.log(tableOf(sizes));
}

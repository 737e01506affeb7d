/** What a tarball of ours must hold and must not hold, judged by its list of files and their texts. */
import { posix } from "node:path";

/** Files that are for work on the package only: their names, and folders of them. */
const workFiles = /\.(?:test|bench|twin|fixture)\.|\.golden\.json$|\.tsbuildinfo$|(?:^|\/)tsconfig[^/]*\.json$|\.snapshot\.json$/;
const workFolders = /^(?:bench|golden|testing|assembly|examples)\//;
/** What npm always packs, and what ours publish. */
const published = /^(?:package\.json|README\.md|LICENSE|(?:dist|src|bin)\/.+)$/;

/**
 * One line per file that is missing, or that has no place there. Paths are from the package's folder.
 *
 * @param {readonly string[]} paths
 * @param {(path: string) => string} read
 * @returns {readonly string[]}
 */
export function contentFaults(paths, read) {
  const has = new Set(paths);
  const needed = ["package.json", "README.md", "LICENSE"].filter((path) => !has.has(path)).map((path) => `${path} is missing`);
  const foreign = paths
    .filter((path) => !published.test(path) || workFiles.test(path) || workFolders.test(path))
    .map((path) => `${path} is of no use to a user`);
  const dangling = paths
    .filter((path) => path.endsWith(".map"))
    .flatMap((path) =>
      sourcesOf(path, read(path))
        .filter((source) => !has.has(source))
        .map((source) => `${path} points to ${source}, which is not in the tarball`),
    );
  const unmapped = paths
    .filter((path) => /\.(?:js|d\.ts)$/.test(path))
    .flatMap((path) =>
      [...read(path).matchAll(/^\/\/# sourceMappingURL=(.+)$/gm)]
        .map((match) => posix.join(posix.dirname(path), String(match[1])))
        .filter((map) => !has.has(map))
        .map((map) => `${path} points to ${map}, which is not in the tarball`),
    );
  return [...needed, ...foreign, ...dangling, ...unmapped].map((fault) => `pack: ${fault}`);
}

/**
 * @param {string} path
 * @param {string} text
 */
function sourcesOf(path, text) {
  /** @type {{ readonly sources: readonly string[], readonly sourceRoot?: string }} */
  const { sources, sourceRoot = "" } = JSON.parse(text);
  return sources.map((source) => posix.join(posix.dirname(path), sourceRoot, source));
}

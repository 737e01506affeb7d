/** Which tables there are, and which of them are in the cache. */
import { tableFacts, tableNames } from "@caviar-hpo/objectives/tables";
import type { Environment } from "./download.ts";
import { hasTable, tablesFolder } from "./tableCache.ts";

export type TableStatus = {
  /** The folder of the cache. */
  readonly folder: string;
  readonly tables: readonly { readonly id: string; readonly fetched: boolean; readonly title: string; readonly source: string }[];
};

export function tableStatus(env: Environment): TableStatus {
  const folder = tablesFolder(env);
  const tables = tableNames.map((name) => {
    const facts = tableFacts(name);
    return { id: `table-${name}`, fetched: hasTable(folder, facts), title: facts.title, source: facts.source };
  });
  return { folder, tables };
}

/** The packages on the Python Package Index that hold tables, and how the tables are read out of their files. */
import {
  curvesPackage,
  curveTableFacts,
  curveTableNames,
  curveTablesOfCsv,
  type Table,
  type TableFacts,
  type TablesPackage,
  tableFacts,
  tableNames,
  tableOfPickle,
  tablesPackage,
} from "@caviar-hpo/objectives/tables";
import { readTarEntry } from "./tar.ts";
import { readZipEntry } from "./zip.ts";

export type KnownPackage = {
  readonly facts: TablesPackage;
  readonly tables: readonly TableFacts[];
  /** What the ids of the tables begin with in a plan. */
  readonly prefix: "table-" | "lcdb-";
  /** @param names those of some of the tables. @param archive the file of the package. */
  readonly read: (names: readonly string[], archive: Uint8Array) => Promise<readonly Table[]>;
};

const curvesFile = "lcdb-0.1.0/lcdb/database-accuracy.csv";

export const knownPackages: readonly KnownPackage[] = [
  {
    facts: tablesPackage,
    tables: tableNames.map(tableFacts),
    prefix: "table-",
    read: async (names, wheel) => names.map(tableFacts).map((facts) => tableOfPickle(facts, readZipEntry(wheel, facts.file))),
  },
  {
    facts: curvesPackage,
    tables: curveTableNames.map(curveTableFacts),
    prefix: "lcdb-",
    read: async (names, archive) => curveTablesOfCsv(names.map(curveTableFacts), await readTarEntry(archive, curvesFile, 200_000_000)),
  },
];

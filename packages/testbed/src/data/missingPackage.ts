/** The packages with real data are optional. If a caller asks for data whose package is missing, an error says what to install. */
import { ConfigError } from "@caviar-hpo/core";

/** What an import of `name` gives; its failure becomes an instruction. */
export async function orInstall<T>(name: string, loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (error) {
    throw new ConfigError({
      code: "missingPackage",
      what: `data of ${name}`,
      expected: `the package ${name} to be installed`,
      got: error instanceof Error ? error.message : String(error),
      remedy: `Run: npm install ${name}`,
    });
  }
}

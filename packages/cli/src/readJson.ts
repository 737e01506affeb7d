import { existsSync, readFileSync } from "node:fs";
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";

/** @param what what the file holds, for the message. @throws ConfigError for a file that is not there, or not JSON. */
export function readJson(what: string, path: string): unknown {
  if (!existsSync(path))
    throw new ConfigError({ code: "noFile", what, expected: "a file that exists", got: show(path), remedy: "Correct the path." });
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const remedy = "Correct the file.";
    throw new ConfigError({ code: "malformedJson", what: `${what} ${show(path)}`, expected: "JSON", got: error.message, remedy });
  }
}

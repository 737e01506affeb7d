/** The table of a page that stands between `<!-- MARK -->` and `<!-- end -->`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "./workspace.ts";

/** @param path of the page, from the workspace root. */
export function markedTable(path: string, mark: string): string | undefined {
  const page = readFileSync(join(workspaceRoot, path), "utf8");
  return page.split(`<!-- ${mark} -->\n`)[1]?.split("\n<!-- end -->")[0];
}

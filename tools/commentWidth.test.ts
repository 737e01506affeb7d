import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lineWidth, wideComments } from "./commentWidth.ts";
import { workspaceRoot } from "./workspace.ts";

it("no comment line is wider than the formatter's lines", () => {
  const files = execFileSync("git", ["ls-files", "*.ts", "*.mjs"], { cwd: workspaceRoot, encoding: "utf8" }).trim().split("\n");
  const ours = files.filter((path) => !path.includes(".generated."));
  expect(ours.length).toBeGreaterThan(1000);
  const wide = ours.flatMap((path) =>
    wideComments(readFileSync(join(workspaceRoot, path), "utf8"), lineWidth()).map((line) => `${path}:${line}`),
  );
  expect(wide).toEqual([]);
});

it("a wide comment is found in each form, and wide code is left to the formatter", () => {
  const long = "x".repeat(20);
  const text = [`// ${long}`, `/** ${long} */`, "/**", ` * ${long}`, " */", `const text = "${long}"; // why`, "// short"].join("\n");
  expect(wideComments(text, 20)).toEqual([1, 2, 4]);
});

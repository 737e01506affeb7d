/** docs/notices.md lists the code of every notice, and notices are made in files that are called notices.ts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workspaceRoot } from "./workspace.ts";

const sources = readdirSync(join(workspaceRoot, "packages"), { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /^[\w-]+\/src\/.*\.ts$/.test(path) && !/\.(test|fixture)\.ts$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(workspaceRoot, "packages", path), "utf8") }));

/** Codes of records with a `message`, which errors do not have. */
const codesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{\s*code: "(\w+)",\s*what: [^\n]*\n?\s*message: /g)].map(([, code]) => code!);

describe("a notice", () => {
  it("is made in a file that is called notices.ts", () => {
    expect(sources.length).toBeGreaterThan(300);
    const elsewhere = sources.filter(({ path, text }) => codesIn(text).length > 0 && !path.endsWith("/notices.ts"));
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });

  it("stands in docs/notices.md with its code, and no other code does", () => {
    const made = sources.filter(({ path }) => path.endsWith("/notices.ts")).flatMap(({ text }) => codesIn(text));
    const table = readFileSync(join(workspaceRoot, "docs", "notices.md"), "utf8").split("| code | given by | when |")[1]!;
    const listed = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code!);
    expect(made.length).toBeGreaterThanOrEqual(6);
    expect([...listed].sort()).toEqual([...new Set(made)].sort());
  });

  it("has a code that no notice of another file has", () => {
    const codes = sources.flatMap(({ text }) => [...new Set(codesIn(text))]);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

it("codes are found in records of notices, and not in errors", () => {
  expect(codesIn('return {\n  code: "one",\n  what: "x",\n  message: "m",\n  remedy: "r",\n};')).toEqual(["one"]);
  expect(codesIn('({ code: "two", what: "x", message, remedy })')).toEqual([]);
  expect(codesIn('new ConfigError({\n  code: "three",\n  what: "x",\n  expected: "y",\n})')).toEqual([]);
});

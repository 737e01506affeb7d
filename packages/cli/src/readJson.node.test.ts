import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "@caviar-hpo/core";
import { afterAll, expect, test } from "vitest";
import { folders } from "../testing/folders.ts";
import { readJson } from "./readJson.ts";

const { next: newFolder, remove } = folders("json-");
afterAll(remove);

function refusal(content: string | Uint8Array, change: (path: string) => void = () => {}): ConfigError {
  const path = join(newFolder(), "plan.json");
  writeFileSync(path, content);
  change(path);
  try {
    readJson("plan", path);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("It was read.");
}

test.each<readonly [string, string | Uint8Array, string, string]>([
  ["a key that occurs twice, of which only the last would count", '{"budget":10,"budget":1000}', "repeatedKey", "each key once"],
  ["__proto__", '{"__proto__":{"budget":10}}', "reservedKey", "keys that JavaScript does not reserve"],
  ["a number that would be infinite", '{"budget":1e999}', "numberOverflow", "a number within"],
  ["lists in lists in lists, and so on", "[".repeat(1000), "tooDeep", "at most 64 levels"],
  ["bytes of another encoding, which would be read as other characters", Uint8Array.of(0x22, 0xe9, 0x22), "notUtf8", "UTF-8"],
  ["a byte order mark", '\ufeff{"budget":10}', "malformedJson", "a value"],
  ["half a file", '{"budget":1', "malformedJson", '"," or "}"'],
])("a file with %s is refused, and the error says where and why", (_name, content, code, expected) => {
  const error = refusal(content);
  expect(error.code).toBe(code);
  expect(error.what).toMatch(/^plan ".*"(, message.*|, line 1, column \d+)?$/);
  expect(error.expected).toContain(expected);
});

test("a file of a gigabyte is refused before it is read", () => {
  expect(refusal("{}", (path) => truncateSync(path, 1e9))).toMatchObject({ code: "tooLong", got: "1000000000 bytes" });
});

test("a file that is not there is refused", () => {
  expect(() => readJson("plan", join(newFolder(), "plan.json"))).toThrow(ConfigError);
});

test("a mistake in a file of many lines is named by its line and column, whatever ends the lines", () => {
  for (const end of ["\n", "\r\n", "\r"]) expect(refusal(`{${end}  "a": 1,${end}  "b" 2${end}}`).what).toMatch(/, line 3, column 7$/);
});

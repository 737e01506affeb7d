import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "@caviar-hpo/core";
import fc from "fast-check";
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

test.each<readonly [string, string, string, string]>([
  ["in the outer object", '{\n  "budget": 10,\n  "seeds": 1,\n  "budget": 1000\n}', "line 4, column 3", '"budget" again'],
  [
    "in an object of a list",
    '{ "strategies": [\n  {},\n  { "name": "a", "options": { "eta": 3, "eta": 9 } }\n] }',
    "line 3, column 41",
    '"eta" again',
  ],
  ["of which one is written with an escape", '[{ "a": [], "\\u0061": [] }]', "line 1, column 13", '"a" again'],
  ["after an object with the same keys", '[{ "a": { "a": 1 } }, { "a": 1, "b": "}", "a": 2 }]', "line 1, column 43", '"a" again'],
  ["that is empty", '{ "": 1, "": 2 }', "line 1, column 10", '"" again'],
])("a key that occurs twice %s is named by line and column", (_name, text, place, got) => {
  const error = refusal(text);
  expect(error.what.endsWith(`plan.json", ${place}`), error.what).toBe(true);
  expect(error).toMatchObject({ code: "repeatedKey", got });
});

test("a key that is added a second time anywhere in any JSON is found where it was added", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, place) => {
      const text = JSON.stringify(value, null, 2);
      fc.pre(!text.includes('"__proto__"') && !text.includes('$num"'));
      const keys = [...text.matchAll(/^ *("(?:[^"\\]|\\.)*"):/gm)];
      fc.pre(keys.length > 0);
      const { 0: line, 1: key, index } = keys[place % keys.length]!;
      const twice = `${text.slice(0, index + line.length - key!.length - 1)}${key}:0,\n${text.slice(index)}`;
      const error = refusal(twice);
      expect(error).toMatchObject({ code: "repeatedKey" });
      expect(error.what.endsWith(`, line ${text.slice(0, index).split("\n").length + 1}, column ${line.indexOf('"') + 1}`)).toBe(true);
    }),
    { seed: 1 },
  );
});

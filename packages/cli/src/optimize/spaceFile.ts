/**
 * The search space in a JSON file. It is an object of parameters by name, or a list of parameters as on the wire. With constraints between
 * the parameters or beliefs about good values, it is `{ "space": …, "where": […], "beliefs": … }`.
 *
 * ```json
 * { "learningRate": { "kind": "real", "low": 1e-4, "high": 1, "scale": "log" }, "units": { "kind": "int", "low": 16, "high": 256 } }
 * ```
 */
import { CaviarError, ConfigError, type Json, type Space } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { decodeProblem } from "@caviar-hpo/core/wire";
import { placeOf, placeText } from "../jsonPlace.ts";
import { readJsonText } from "../readJson.ts";

/** @throws ConfigError for a file that is no space. It names the line. */
export function readSpaceFile(path: string): Space {
  const { text, value } = readJsonText("space", path);
  const file = { path, text, ...formOf(value) };
  const { space, where, beliefs } = file;
  if (isRecord(space)) checkNames(file, Object.keys(space));
  const list = isRecord(space) ? Object.entries(space).map(([name, param]) => namedParam(file, name, param)) : space;
  try {
    return decodeProblem({ space: list, ...(where !== undefined && { where }), ...(beliefs !== undefined && { beliefs }) }, "").space;
  } catch (error) {
    if (error instanceof CaviarError) return refuse(file, placeIn(file, error.what), error);
    throw error;
  }
}

/** `within` are the keys that lead to the parameters. */
type SpaceFile = {
  readonly path: string;
  readonly text: string;
  readonly space: Json;
  readonly where: Json | undefined;
  readonly beliefs: Json | undefined;
  readonly within: readonly string[];
};

type JsonRecord = { readonly [key: string]: Json };

function formOf(value: Json): Pick<SpaceFile, "space" | "where" | "beliefs" | "within"> {
  // A parameter may have the name "space".
  if (isRecord(value) && Object.hasOwn(value, "space") && !(isRecord(value.space) && typeof value.space.kind === "string"))
    return { space: value.space!, where: value.where, beliefs: value.beliefs, within: ["space"] };
  return { space: value, where: undefined, beliefs: undefined, within: [] };
}

function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JavaScript puts names that look like numbers first, and the order of the parameters matters. */
function checkNames(file: SpaceFile, names: readonly string[]): void {
  const number = names.find((name) => /^\d+$/.test(name));
  if (number === undefined) return;
  refuse(
    file,
    { keys: [...file.within, number], label: number },
    {
      code: "badSpace",
      expected: "names that do not look like numbers",
      got: show(number),
      remedy: "Write the parameters as a list of objects with the key name.",
    },
  );
}

function namedParam(file: SpaceFile, name: string, param: Json): JsonRecord {
  if (isRecord(param) && !Object.hasOwn(param, "name")) return { name, ...param };
  return refuse(
    file,
    { keys: [...file.within, name], label: name },
    {
      code: "badSpace",
      expected: 'an object with a key "kind"',
      got: isRecord(param) ? 'an object with a key "name"' : show(param),
      remedy: `Write "${name}": { "kind": "real", "low": 0, "high": 1 }, for instance.`,
    },
  );
}

/** A value in the file, and how a message calls it. */
type Spot = { readonly keys: readonly (string | number)[]; readonly label: string };

/** What an error is about: `.space[0].low`, `where[0].sum`, `constraint "a < b"` or `real "learningRate"`. */
function placeIn({ space, where, within }: SpaceFile, what: string): Spot {
  const names = isRecord(space) ? Object.keys(space) : null;
  const [, index, rest] = /^\.space\[(\d+)\](.*)$/.exec(what) ?? [];
  if (index !== undefined) {
    const key = names?.[Number(index)] ?? Number(index);
    return { keys: [...within, key, ...keysIn(rest!)], label: `${names === null ? `parameter ${index}` : String(key)}${rest}` };
  }
  const [, constraint, member] = /^where\[(\d+)\](.*)$/.exec(what) ?? [];
  if (constraint !== undefined) return { keys: ["where", Number(constraint), ...keysIn(member!)], label: what };
  const believed = /^beliefs(?:$|[.[])/.test(what) ? keysIn(what.slice("beliefs".length)) : null;
  if (believed !== null) return { keys: ["beliefs", ...believed], label: what };
  const place = paramPlace(space, what) ?? wherePlace(where, what);
  return { keys: place === null ? within : [...(place[0] === "where" ? [] : within), ...place], label: what.replace(/^\.space/, "space") };
}

function keysIn(text: string): readonly (string | number)[] {
  return [...text.matchAll(/\.([\w$]+)|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index));
}

function paramPlace(space: Json, what: string): readonly (string | number)[] | null {
  const quoted = /^\w+ (".*")$/.exec(what)?.[1];
  if (quoted === undefined) return null;
  const entries = isRecord(space) ? Object.keys(space).map((name) => [name, name] as const) : namedElements(space);
  const key = entries.filter(([, name]) => show(name) === quoted).at(-1)?.[0];
  return key === undefined ? null : [key];
}

function namedElements(space: Json): readonly (readonly [index: number, name: Json | undefined])[] {
  const list = Array.isArray(space) ? (space as readonly Json[]) : [];
  return list.map((param, index) => [index, isRecord(param) ? param.name : undefined] as const);
}

function wherePlace(where: Json | undefined, what: string): readonly (string | number)[] | null {
  const list = Array.isArray(where) ? (where as readonly Json[]) : [];
  const index = list.findIndex((one) => typeof one === "string" && what.startsWith("constraint") && what.includes(one.trim()));
  return index < 0 ? null : ["where", index];
}

function refuse({ path, text }: SpaceFile, { keys, label }: Spot, fault: Pick<CaviarError, "code" | "expected" | "got" | "remedy">): never {
  const { code, expected, got, remedy } = fault;
  const place = placeText(placeOf(text, keys));
  throw new ConfigError({ code, what: `space ${show(path)}, ${place}: ${label}`, expected, got, remedy });
}

/**
 * The place of a value in data: the name of the data, then keys and indices. It is a chain, which becomes text only if something is wrong.
 */
import { type CaviarError, ConfigError, type Fault, SpaceError } from "../contract/errors.ts";
import { show } from "../text/show.ts";

/** What can be wrong with a value: its content, a key that is not there or not known, or its size. */
export type Flaw = "wrongValue" | "missingKey" | "unknownKey" | "tooMany";

/**
 * The name of the data, and how it is refused. The style "data" writes places as `plan.seeds.first`, "parts" as `seeds.first of NAME`, and
 * "options" as `option seeds.first of NAME`. A root that is only a string stands for a message. It is refused by ProtocolError, or by
 * LimitError if it is too large.
 */
export type Root = {
  readonly name: string;
  readonly style: "data" | "parts" | "options";
  readonly error: new (fault: Fault) => CaviarError;
  /** The codes of the errors. By default the flaw itself. */
  readonly codes: { readonly [F in Flaw]?: string };
};

type PathStep = { readonly above: Path; readonly key: string | number };
/** The place of a value in data. */
export type Path = string | Root | PathStep;

/** The place of a member of the value at `above`. */
export function below(above: Path, key: string | number): Path {
  return { above, key };
}

/** The root of a record of options. `owner` is the function or strategy that has the options. */
export function optionsRoot(owner: string): Root {
  const root = configRoot(owner, "badOption");
  return { ...root, style: "options", codes: { ...root.codes, unknownKey: "unknownOption" } };
}

/** The root of a parameter or of a whole space, for instance `real "lr"`. */
export function spaceRoot(name: string): Root {
  return { ...configRoot(name, "badSpace"), error: SpaceError };
}

/** The root of data that is refused by ConfigError with one code. */
export function configRoot(name: string, code: string): Root {
  return { name, style: "data", error: ConfigError, codes: { wrongValue: code, missingKey: code, unknownKey: code, tooMany: code } };
}

export function rootOf(path: Path): string | Root {
  return typeof path === "string" || !("above" in path) ? path : rootOf(path.above);
}

/**
 * The place as text, such as `event.jobs[2].until`. A key that is not an identifier is quoted, and a long key is shortened: `problem["a
 * b"]`.
 */
export function showPath(path: Path): string {
  const root = rootOf(path);
  const text = keysOf(path);
  if (typeof root === "string") return root + text;
  const { name, style } = root;
  if (style === "data") return name + text;
  const place = text.replace(/^\./, "");
  if (style === "parts") return place === "" ? name : `${place} of ${name}`;
  return place === "" ? `options of ${name}` : `option ${place} of ${name}`;
}

function keysOf(path: Path): string {
  return typeof path === "string" || !("above" in path) ? "" : keysOf(path.above) + step(path.key);
}

function step(key: string | number): string {
  return typeof key === "string" && /^[a-z_$][\w$]{0,39}$/i.test(key) ? `.${key}` : `[${show(key)}]`;
}

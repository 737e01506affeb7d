/** Where in given data a value stands: what is read, then keys and indices. A chain, written out only when something is wrong. */
import { type CaviarError, ConfigError, type Fault, SpaceError } from "../contract/errors.ts";
import { show } from "../text/show.ts";

/** What can be wrong with a value: its content, a key that is not there or not known, or its size. */
export type Flaw = "wrongValue" | "missingKey" | "unknownKey" | "tooMany";

/**
 * What is read, and how it is refused. In the style "data" places are called `plan.seeds.first`, in the style "parts" `seeds.first of
 * NAME`, in the style "options" `option seeds.first of NAME`. A root that is only a text stands for a message: it is refused by
 * ProtocolError, or by LimitError where it is too large.
 */
export type Root = {
  readonly name: string;
  readonly style: "data" | "parts" | "options";
  readonly error: new (fault: Fault) => CaviarError;
  /** The stable words for programs; the flaw itself where left out. */
  readonly codes: { readonly [F in Flaw]?: string };
};

type PathStep = { readonly above: Path; readonly key: string | number };
export type Path = string | Root | PathStep;

export function below(above: Path, key: string | number): Path {
  return { above, key };
}

/** The root of a record of options: `owner` is the function or strategy whose options they are. */
export function optionsRoot(owner: string): Root {
  return {
    name: owner,
    style: "options",
    error: ConfigError,
    codes: { wrongValue: "badOption", missingKey: "badOption", unknownKey: "unknownOption", tooMany: "badOption" },
  };
}

/** The root of a parameter or of a whole space, for instance `real "lr"`. */
export function spaceRoot(name: string): Root {
  return { name, style: "data", error: SpaceError, codes: sameCode("badSpace") };
}

/** The root of data that is refused by ConfigError with one code. */
export function configRoot(name: string, code: string): Root {
  return { name, style: "data", error: ConfigError, codes: sameCode(code) };
}

function sameCode(code: string): Root["codes"] {
  return { wrongValue: code, missingKey: code, unknownKey: code, tooMany: code };
}

export function rootOf(path: Path): string | Root {
  let rest = path;
  while (typeof rest !== "string" && "above" in rest) rest = rest.above;
  return rest;
}

/** `event.jobs[2].until`; a key that is no identifier, or a long one, is quoted and cut short: `problem["a b"]`. */
export function showPath(path: Path): string {
  let text = "";
  let rest = path;
  while (typeof rest !== "string" && "above" in rest) {
    text = step(rest.key) + text;
    rest = rest.above;
  }
  if (typeof rest === "string") return rest + text;
  if (rest.style === "data") return rest.name + text;
  const place = text.replace(/^\./, "");
  if (rest.style === "parts") return place === "" ? rest.name : `${place} of ${rest.name}`;
  return place === "" ? `options of ${rest.name}` : `option ${place} of ${rest.name}`;
}

function step(key: string | number): string {
  return typeof key === "string" && /^[A-Za-z_$][\w$]{0,39}$/.test(key) ? `.${key}` : `[${show(key)}]`;
}

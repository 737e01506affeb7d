/** What decides the future of a stored study, apart from its events: its problem, its seed and its strategy. */
import type { Json } from "../contract/json.ts";
import type { Problem } from "../contract/problem.ts";
import { sameJson } from "../contract/sameJson.ts";
import { show } from "../text/show.ts";
import { stringifyWire } from "./json.ts";
import { encodeProblem } from "./problem.ts";

/** The strategy that a study was made with: its name, its version, and the options that it was given. */
export type StoredStrategy = { readonly name: string; readonly version: number; readonly options: Json };

export type StudySetup = { readonly problem: Problem; readonly seed: string | number; readonly strategy: StoredStrategy };

/** The wire form. */
export function encodeSetup({ problem, seed, strategy }: StudySetup): { readonly [key: string]: Json } {
  return { problem: encodeProblem(problem), seed, strategy };
}

/** What differs, as the parts of an error; null if nothing does. */
export function setupChanges(stored: StudySetup, given: StudySetup): { readonly expected: string; readonly got: string } | null {
  const found = differences(encodeSetup(stored), encodeSetup(given), "");
  if (found.length === 0) return null;
  // Another strategy has another version and other options: its name says enough.
  const changes =
    stored.strategy.name === given.strategy.name ? found : found.filter(({ at }) => !/^strategy\.(?:version|options)/.test(at));
  return {
    expected: changes.map(({ at, stored: value }) => `${at} ${value}`).join(", "),
    got: changes.map(({ at, given: value }) => `${at} ${value}`).join(", "),
  };
}

type Difference = { readonly at: string; readonly stored: string; readonly given: string };

function differences(stored: Json | undefined, given: Json | undefined, at: string): readonly Difference[] {
  if (stored !== undefined && given !== undefined && sameJson(stored, given)) return [];
  const [left, right] = [membersOf(stored), membersOf(given)];
  if (left === null || right === null) return [{ at, stored: shown(stored), given: shown(given) }];
  const found = [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    differences(left.get(key), right.get(key), at === "" || at === "problem" ? key : `${at}.${key}`),
  );
  return found.length > 0 ? found : [{ at, stored: `in the order ${[...left.keys()]}`, given: `in the order ${[...right.keys()]}` }];
}

/** The members of an object by key, or of a list by name; null where there are none. */
function membersOf(value: Json | undefined): ReadonlyMap<string, Json> | null {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((element, index) => [nameOf(element) ?? String(index), element] as const));
}

function nameOf(element: Json): string | null {
  if (typeof element !== "object" || element === null || Array.isArray(element)) return null;
  const { name } = element as { readonly name?: Json };
  return typeof name === "string" ? name : null;
}

function shown(value: Json | undefined): string {
  return value === undefined ? "none" : typeof value === "object" && value !== null ? stringifyWire(value).slice(0, 200) : show(value);
}

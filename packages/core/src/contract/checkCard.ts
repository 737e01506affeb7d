/** Checks a card before its use, because a user's module may be JavaScript. */

import { show } from "../text/show.ts";
import type { Card, Dependence } from "./card.ts";
import { ConfigError } from "./errors.ts";

const dependences: readonly unknown[] = ["nothing", "losses", "results", "order"] satisfies readonly Dependence[];

type Check = readonly [expected: string, holds: (value: unknown) => boolean];

const isRecord: Check = ["an object", isObject];
const isBoolean: Check = ["true or false", (value) => typeof value === "boolean"];
const isFunction: Check = ["a function", (value) => typeof value === "function"];

function orNothing([expected, holds]: Check): Check {
  return [`${expected}, or nothing`, (value) => value === undefined || holds(value)];
}

const fields: { readonly [F in keyof Required<Card>]: Check } = {
  name: ["a name", (value) => typeof value === "string" && value !== ""],
  doc: ["a sentence", (value) => typeof value === "string"],
  options: isRecord,
  needs: ['[] or ["fidelity"]', (value) => Array.isArray(value) && Array.from(value).every((need) => need === "fidelity")],
  adaptive: isBoolean,
  random: isBoolean,
  dependsOn: [`one of ${dependences.join(", ")}`, (value) => dependences.includes(value)],
  stopsShort: orNothing(isBoolean),
  cheap: isRecord,
  create: isFunction,
  describePlan: orNothing(isFunction),
};

/**
 * Returns the card if it is one.
 *
 * @throws ConfigError for an object that is not a card. The message names the first field that is missing or wrong.
 */
export function checkCard(card: Card): Card {
  if (!isObject(card)) refuse("card", "an object", card);
  for (const [field, [expected, holds]] of Object.entries(fields)) {
    const value = card[field as keyof Card];
    if (!holds(value)) refuse(`field ${field} of card ${show(card.name)}`, expected, value);
  }
  return card;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(what: string, expected: string, got: unknown): never {
  const remedy = "Make the card with samplerCard or composeCards.";
  throw new ConfigError({ code: "badCard", what, expected, got: show(got), remedy });
}

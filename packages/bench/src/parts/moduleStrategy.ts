/** A strategy from a module: a card, or a function of the options that returns a strategy or a sampler. */
import { type Card, ConfigError, complete, compose, type Sampler, type Strategy, type StrategyOptions } from "@caviar-hpo/core";
import { checkCard } from "@caviar-hpo/core/contract";
import { show } from "@caviar-hpo/core/text";

/**
 * The card of what a module exports.
 *
 * @param title how errors call it, for instance `strategy "mine"`.
 * @throws ConfigError for what is none of the three.
 */
export function cardOfExport(exported: unknown, title: string): Card {
  if (typeof exported === "function") return cardOfFactory(exported as Factory, title);
  if (typeof exported === "object" && exported !== null && "create" in exported) return checkCard(exported as Card);
  return refuse(title, show(exported));
}

type Factory = (options: StrategyOptions) => unknown;

/** Nothing is known of its options: the function reads them. */
function cardOfFactory(factory: Factory, title: string): Card {
  return {
    name: title,
    doc: "A strategy from a module.",
    options: {},
    needs: [],
    adaptive: true,
    random: true,
    dependsOn: "order",
    cheap: {},
    create: (options = {}) => strategyOf(factory(options), title),
  };
}

function strategyOf(made: unknown, title: string): Strategy {
  if (typeof made === "object" && made !== null) {
    if ("ask" in made) return whole<Strategy>(made, "strategy", "ask", title);
    if ("suggest" in made) {
      const sampler = whole<Sampler>(made, "sampler", "suggest", title);
      return { ...compose(complete, sampler), name: sampler.name };
    }
  }
  return refuse(title, `a function that returns ${show(made)}`);
}

/** The same object, which has every part that a study needs. Without this check, a run would fail where the part is first used. */
function whole<T>(made: object, kind: string, asks: string, title: string): T {
  const parts = { name: "string", version: "number", can: "object", init: "function", [asks]: "function", tell: "function" };
  const held = made as { readonly [part: string]: unknown };
  const wrong = Object.entries(parts).filter(([part, type]) => typeof held[part] !== type);
  if (wrong.length === 0) return made as T;
  throw new ConfigError({
    code: "badModule",
    what: title,
    expected: `a ${kind} with name, version and can, and with the functions init, ${asks} and tell`,
    got: `one with ${wrong.map(([part]) => `${part}: ${show(held[part])}`).join(", ")}`,
    remedy: "Add what is missing (docs/own-sampler.md).",
  });
}

function refuse(title: string, got: string): never {
  throw new ConfigError({
    code: "badModule",
    what: title,
    expected: "a card, or a function that returns a strategy (with ask) or a sampler (with suggest)",
    got,
    remedy: "Export one of them (docs/own-sampler.md).",
  });
}

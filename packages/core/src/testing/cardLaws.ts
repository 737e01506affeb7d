/**
 * The laws of a card: the laws of the strategy that it makes, with what the card declares, and the laws which say that the card is true.
 * `for (const law of cardLaws(myCard)) test(law.name, law.run)`.
 */
import type { Card } from "../contract/card.ts";
import { ConfigError } from "../contract/errors.ts";
import type { Problem } from "../contract/problem.ts";
import type { Job } from "../contract/trial.ts";
import { anything } from "../read/decode.ts";
import { optionReader } from "../read/record.ts";
import { real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { startStudy } from "../study/study.ts";
import { stringifyWire } from "../wire/json.ts";
import { runCampaign } from "./campaign.ts";
import { type LawOptions, strategyLaws } from "./laws.ts";
import type { Law } from "./property.ts";
import { violate } from "./violate.ts";

/** The names of the laws that are about the card alone, in order. They come after those of strategies. */
export const cardLawNames = [
  "says in one sentence what it is, and what each option does",
  "makes strategies of its name, with its defaults and with each of them said",
  "refuses an option that it does not have, and values of the wrong kind",
  "says truly whether its points depend on results",
] as const;

/** The name of a law about cards. */
export type CardLawName = (typeof cardLawNames)[number];

/** The options of `strategyLaws`, except what the card declares. */
type CardLawOptions = Omit<LawOptions, "dependsOn" | "random" | "stopsShort">;

const readCardLawOptions = optionReader<CardLawOptions>("cardLaws", {
  runs: anything,
  seed: anything,
  reproduce: anything,
  spaces: anything,
});

/**
 * The laws of a card and its strategy.
 *
 * @param options as for `strategyLaws`, except what the card declares.
 */
export function cardLaws(card: Card, given: CardLawOptions = {}): readonly Law[] {
  const options = readCardLawOptions(given);
  const { name, cheap, dependsOn, random, stopsShort = false } = card;
  const laws = strategyLaws(name, () => card.create(cheap), { ...options, dependsOn, random, stopsShort });
  if (options.reproduce !== undefined) return laws;
  const checks = [checkSentences, checkCreation, checkRefusals, checkAdaptive];
  return [...laws, ...checks.map((check, index) => ({ name: cardLawNames[index]!, run: () => check(card) }))];
}

function checkSentences({ doc, options }: Card): void {
  for (const text of [doc, ...Object.values(options).map((spec) => spec.doc)])
    if (!/^[A-Z].*\.$/.test(text)) violate("a sentence, with a capital and a full stop", JSON.stringify(text));
}

function checkCreation(card: Card): void {
  const defaults = Object.fromEntries(Object.entries(card.options).map(([option, spec]) => [option, spec.default]));
  for (const given of [undefined, {}, defaults, card.cheap]) {
    const { name } = card.create(given);
    if (name !== card.name) violate(`a strategy named ${card.name}`, name);
  }
}

function checkRefusals(card: Card): void {
  const faults = [{ nonsense: 1 }, ...Object.keys(card.options).map((option) => ({ [option]: "no value of any option" }))];
  for (const fault of faults) {
    try {
      card.create(fault);
    } catch (error) {
      if (error instanceof ConfigError) continue;
      throw error;
    }
    violate("a ConfigError", `a strategy with the options ${JSON.stringify(fault)}`);
  }
}

/** Two objectives that agree on nothing: an adaptive strategy tries other points, and no other strategy does. */
function checkAdaptive(card: Card): void {
  const one = pointsOf(card, ({ config, until }) => Math.abs(Number(config.x) - 0.3) + 1 / until);
  const two = pointsOf(card, ({ config, until }) => Math.abs(Number(config.y) - 0.9) - 1 / until);
  const count = Math.min(one.length, two.length);
  const same = stringifyWire(one.slice(0, count)) === stringifyWire(two.slice(0, count));
  if (same === card.adaptive)
    violate(`points that ${card.adaptive ? "" : "do not "}depend on values`, same ? "the same ones" : "other ones");
}

function pointsOf(card: Card, value: (job: Job) => number): readonly Job["config"][] {
  const problem: Problem = {
    space: createSpace({ x: real(0, 1), y: real(0, 1) }),
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: card.needs.includes("fidelity") ? { unit: "epochs", min: 1, max: 27, whole: true } : null,
    resumable: true,
  };
  const study = startStudy({ problem, strategy: card.create(card.cheap), seed: 1 });
  runCampaign(study, { workers: 3, trials: 40, pick: (turn) => turn, judge: value });
  return study.history.trials.map((trial) => trial.config);
}

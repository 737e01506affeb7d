/** Methods that only read. They work on every study of the server, also if the client has not opened it. */
import { bestTrials, type Json } from "@caviar-hpo/core";
import { type Conversation, type MethodTurn, seatOf } from "./conversation.ts";
import { decodeNothing, decodeTrials } from "./params.ts";
import type { Registry } from "./registry.ts";
import { readingOf, type StudyReading } from "./studies.ts";

export function listStrategies(registry: Registry, params: Json): Json {
  decodeNothing(params, "params");
  return {
    strategies: registry.map(({ name, doc, needs, adaptive, options }) => ({
      name,
      doc,
      multiFidelity: needs.includes("fidelity"),
      adaptive,
      options: Object.entries(options).map(([option, { formerly: _formerly, ...spec }]) => ({ name: option, ...spec })),
    })),
  };
}

export function listStudies({ studies, named }: Conversation, params: Json): Json {
  decodeNothing(params, "params");
  return { studies: studies.names().map((name) => ({ name, open: named.has(name) })) };
}

export function bestOf(turn: MethodTurn, params: Json): Json {
  const { problem, history } = readingFor(turn);
  decodeNothing(params, "params");
  return {
    front: bestTrials(problem, history).map(({ id, config, curve }) => ({ trial: id, config, values: curve.at(-1)!.values })),
  };
}

const pageLength = 1000;

export function listTrials(turn: MethodTurn, params: Json): Json {
  const { history, trials } = readingFor(turn);
  const { from = 0, most = pageLength } = decodeTrials(params, "params");
  return { total: history.trials.length, trials: trials(from, from + most).map(({ id, ...rest }) => ({ trial: id, ...rest })) };
}

export function annotationsOf(turn: MethodTurn, params: Json): Json {
  const { annotations } = readingFor(turn);
  decodeNothing(params, "params");
  return { annotations: annotations() };
}

function readingFor(turn: MethodTurn): StudyReading {
  const { conversation, name } = turn;
  return name === null || conversation.named.has(name) ? readingOf(seatOf(turn).served) : conversation.studies.read(name);
}

/** `open` and `restore`: a study for a client, its own one or a named one that it shares. */
import type { Json } from "@caviar-hpo/core";
import { describePlanOf } from "@caviar-hpo/core/contract";
import { type Conversation, joinNamed, type MethodTurn, refuseNameless, refuseState } from "./conversation.ts";
import { decodeOpen, decodeRestore } from "./params.ts";
import { memorySeat } from "./seat.ts";
import { type Served, serveStudy } from "./served.ts";
import { restoreSnapshot } from "./snapshot.ts";

export function openStudy(turn: MethodTurn, params: Json): Json {
  const { conversation } = turn;
  const { protocol, name, wanted } = decodeOpen(params, "params");
  if (name === null) {
    checkNoneOpen(conversation);
    const served = serveStudy(conversation.studies.registry, wanted!);
    settle(turn, served);
    announcePlan(conversation, served);
    conversation.protocol = protocol;
    return protocol === 1 ? about(served) : { protocol, ...about(served), stored: false, trials: 0, running: [] };
  }
  const seat = joinNamed(turn, name, wanted);
  conversation.protocol = protocol;
  const { served } = seat;
  const { trials, running } = served.study.history;
  if (trials.length === 0) announcePlan(conversation, served);
  return { protocol, study: name, ...about(served), stored: seat.stored, trials: trials.length, running };
}

export function restoreStudy(turn: MethodTurn, params: Json): Json {
  const { conversation } = turn;
  const { snapshot, protocol = 1 } = decodeRestore(params, "params");
  checkNoneOpen(conversation);
  const served = restoreSnapshot(conversation.studies.registry, snapshot);
  settle(turn, served);
  conversation.protocol = protocol;
  return { ...about(served), running: served.study.history.running };
}

/** The study becomes the client's own. */
function settle(turn: MethodTurn, served: Served): void {
  const { conversation } = turn;
  conversation.own = memorySeat(conversation.studies.registry, served);
  turn.takeBack = () => {
    conversation.own = null;
  };
}

function announcePlan({ announce }: Conversation, { card, choice, study }: Served): void {
  const plan = describePlanOf(card, choice.options, study.problem);
  if (plan !== null) announce(plan);
}

function about({ strategy }: Served): { readonly [key: string]: Json } {
  return { name: strategy.name, version: strategy.version, can: { ...strategy.can } };
}

function checkNoneOpen({ own, needsName }: Conversation): void {
  if (needsName) refuseNameless();
  if (own !== null)
    refuseState("alreadyOpen", "no open study", "an open study", "Give the other study a name, or start another process for it.");
}

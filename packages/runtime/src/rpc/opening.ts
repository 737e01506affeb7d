/** `open` and `restore`: a study for a client, its own one or a named one that it shares. */
import type { Json } from "@caviar-hpo/core";
import { describePlanOf, ignoredBy } from "@caviar-hpo/core/contract";
import { encodeProblem } from "@caviar-hpo/core/wire";
import { type Conversation, joinNamed, leaveOwn, type MethodTurn, refuseNameless, refuseState } from "./conversation.ts";
import { decodeOpen, decodeRestore } from "./params.ts";
import { memorySeat, type Seat } from "./seat.ts";
import type { Served } from "./served.ts";
import { restoreSnapshot } from "./snapshot.ts";

export function openStudy(turn: MethodTurn, params: Json): Json {
  const { conversation } = turn;
  const { studies } = conversation;
  const { protocol, name, wanted, extend } = decodeOpen(studies.ownStored)(params, "params");
  const seat = name === null ? openOwn(turn, () => studies.own(wanted, extend)) : joinNamed(turn, name, wanted);
  conversation.protocol = protocol;
  const { served, stored } = seat;
  const { trials, running } = served.study.history;
  for (const notice of ignoredBy(served.strategy, served.study.problem.space)) conversation.onNotice(notice);
  if (trials.length === 0) announcePlan(conversation, served);
  if (protocol === 1) return about(served);
  const { folder, study } = served;
  const standing = { stored, ...(folder !== null && { folder }), trials: trials.length, started: study.started, running };
  return { protocol, ...(name !== null && { study: name }), ...about(served), ...standing, ...(wanted === null && definitionOf(served)) };
}

export function restoreStudy(turn: MethodTurn, params: Json): Json {
  const { conversation } = turn;
  const { snapshot, protocol = 1 } = decodeRestore(params, "params");
  const { registry } = conversation.studies;
  const { served } = openOwn(turn, () => memorySeat(registry, restoreSnapshot(registry, snapshot)));
  conversation.protocol = protocol;
  return { ...about(served), running: served.study.history.running };
}

/** The study becomes the client's own. */
function openOwn(turn: MethodTurn, open: () => Seat): Seat {
  const { conversation } = turn;
  checkNoneOpen(conversation);
  const seat = open();
  conversation.own = seat;
  turn.takeBack = () => leaveOwn(conversation);
  return seat;
}

function announcePlan({ announce }: Conversation, { card, choice, study }: Served): void {
  const plan = describePlanOf(card, choice.options, study.problem);
  if (plan !== null) announce(plan);
}

function about({ strategy }: Served): { readonly [key: string]: Json } {
  return { name: strategy.name, version: strategy.version, can: { ...strategy.can } };
}

/** What the study was made with, for a client that has not said it. */
function definitionOf({ study: { problem, seed }, choice }: Served): { readonly [key: string]: Json } {
  return { problem: encodeProblem(problem), strategy: { name: choice.name, options: choice.options }, seed };
}

function checkNoneOpen({ own, needsName }: Conversation): void {
  if (needsName) refuseNameless();
  if (own !== null)
    refuseState("alreadyOpen", "no open study", "an open study", "Give the other study a name, or start another process for it.");
}

/** What a client and a server have come to: which studies the client has open, and in which version of the protocol they speak. */
import { LimitError, type OnNotice, ProtocolError, StateError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { Seat } from "./seat.ts";
import type { Definition } from "./served.ts";
import type { Studies } from "./studies.ts";

export type Protocol = 1 | 2;

export type Conversation = {
  readonly studies: Studies;
  readonly announce: (plan: string) => void;
  readonly onNotice: OnNotice;
  /** How many studies it may have open by name. */
  readonly mostNamed: number;
  /** Whether it may only open studies with a name. */
  readonly needsName: boolean;
  /** The study without a name, which belongs to this client alone. */
  own: Seat | null;
  /** Studies that the client has opened by name. */
  readonly named: Map<string, Seat>;
  protocol: Protocol;
  closed: boolean;
};

/** One request on its way. */
export type MethodTurn = {
  readonly conversation: Conversation;
  /** The study that the request names; null if it names none. */
  readonly name: string | null;
  /** UTF-16 units that are left for the answer. */
  readonly room: number;
  /** Takes back what the request has done. */
  takeBack: () => void;
};

/**
 * The study that a request is about: the named one; or else the one without a name; or else the only one that the client has open.
 *
 * @throws StateError "notOpen"; ProtocolError "whichStudy".
 */
export function seatOf(turn: MethodTurn): Seat {
  const { own, named, needsName } = turn.conversation;
  if (turn.name === null && needsName) refuseNameless();
  const seat = turn.name === null ? (own ?? onlyOne(named)) : (named.get(turn.name) ?? notJoined(turn.name));
  turn.takeBack = seat.begin(turn.room);
  return seat;
}

/** Opens a study by its name for this client. A client may open a study again. */
export function joinNamed(turn: MethodTurn, name: string, wanted: Definition | null): Seat {
  const { conversation } = turn;
  const { named, mostNamed, studies } = conversation;
  if (!named.has(name) && named.size >= mostNamed) tooManyStudies(mostNamed);
  const seat = studies.open(name, wanted, conversation);
  if (!named.has(name)) turn.takeBack = () => leaveNamed(conversation, name);
  named.set(name, seat);
  return seat;
}

/** The client does not use the study any more. */
export function leaveNamed(conversation: Conversation, name: string): void {
  if (!conversation.named.delete(name)) notJoined(name);
  conversation.studies.leave(name, conversation);
}

/** The client has no study without a name any more. */
export function leaveOwn(conversation: Conversation): void {
  const { own } = conversation;
  conversation.own = null;
  own?.rest();
}

/** Leaves all studies. */
export function endConversation(conversation: Conversation): void {
  leaveOwn(conversation);
  for (const name of conversation.named.keys()) leaveNamed(conversation, name);
}

/** @throws StateError, always: the clients of a port share one conversation, so each request says which study it is about. */
export function refuseNameless(): never {
  const remedy = "Open a study with a name, and pass it as study in every request.";
  return refuseState("needsName", "the name of a study", "none", remedy);
}

/** @throws StateError, always. */
export function refuseState(code: string, expected: string, got: string, remedy: string): never {
  throw new StateError({ code, what: "session", expected, got, remedy });
}

function onlyOne(named: ReadonlyMap<string, Seat>): Seat {
  const [seat = refuseState("notOpen", "an open study", "no open study", "Call open or restore first."), ...others] = named.values();
  if (others.length === 0) return seat;
  throw new ProtocolError({
    code: "whichStudy",
    what: "params.study",
    expected: "the name of a study, because several are open",
    got: "none",
    remedy: `Pass one of ${[...named.keys()].map((name) => show(name)).join(", ")}.`,
  });
}

function notJoined(name: string): never {
  const open = "a study that this client has opened";
  return refuseState("notOpen", open, `study ${show(name)}, which it has not`, "Call open with this name first.");
}

function tooManyStudies(most: number): never {
  throw new LimitError({
    code: "tooManyStudies",
    what: "session",
    expected: `at most ${most} open studies with a name`,
    got: `${most + 1}`,
    remedy: "Close one of them: call close with its name as study.",
  });
}

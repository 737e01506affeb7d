/**
 * One conversation of `caviar serve`: JSON-RPC 2.0 (jsonrpc.org/specification) over one study, with one message per line. A session takes a
 * line and returns an answer. It does not know where lines come from. A refused request changes nothing, and neither does a request whose
 * answer is too long for its line.
 */
import { type Json, limits, type OnNotice } from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { func, optionReader } from "@caviar-hpo/core/read";
import { parseWire } from "@caviar-hpo/core/wire";
import { answerTooLong, failure, type Id, rpcCode, success } from "./answer.ts";
import { isCaviarError } from "./fault.ts";
import { batchLength, refusalLength } from "./limits.ts";
import { type Conversation, callMethod } from "./methods.ts";
import { refusedNotification } from "./notices.ts";
import type { Registry } from "./registry.ts";
import { idOf, invalidRequest, type Request, readRequest } from "./request.ts";
import { servedBefore } from "./served.ts";

/** A conversation with a client. */
export type Session = {
  /** The answer to one line; null for notifications, which get none. */
  answer(line: string): string | null;
  /** true after `close`. */
  readonly closed: boolean;
};

/** Functions that hear what no answer says. */
export type SessionListeners = {
  /** Called when a study is opened, with what its strategy is going to do, if that is known. */
  readonly announce?: (plan: string) => void;
  /** Called once for each notice that the client should get although no answer says it: that a notification was refused. */
  readonly onNotice?: OnNotice;
};

const readListeners = optionReader<SessionListeners>("a session", { announce: func, onNotice: func });

/**
 * Makes a session that offers the given strategies.
 *
 * @throws ConfigError for an unknown listener.
 */
export function createSession(registry: Registry, listeners: SessionListeners = {}): Session {
  const { announce = () => {}, onNotice = () => {} } = readListeners(listeners);
  const conversation: Conversation = { registry, announce, onNotice: onceEach(onNotice), served: null, closed: false };
  return {
    get closed() {
      return conversation.closed;
    },
    answer: (line) => {
      let message: Json;
      try {
        message = parseWire(line);
      } catch (error) {
        return failure(null, error, limits.lineBytes, rpcCode.parse);
      }
      return Array.isArray(message)
        ? answerBatch(conversation, message)
        : answerOne(conversation, message, { room: limits.lineBytes, full: false });
    },
  };
}

/** The line of the next answer: `room` UTF-16 units are left in it. `full` once an answer did not fit: no later request is carried out. */
type Line = { room: number; full: boolean };

/** Each answer is written before the next request is heard: a snapshot holds the state of its own moment. */
function answerBatch(conversation: Conversation, messages: readonly Json[]): string | null {
  const expected = `a batch of 1 to ${batchLength} requests`;
  if (messages.length === 0 || messages.length > batchLength)
    return failure(
      null,
      caught(() => invalidRequest(expected, `a list of ${messages.length}`)),
    );
  const answers: string[] = [];
  const line = { room: limits.lineBytes - "[]".length - messages.length * refusalLength, full: false };
  for (const message of messages) {
    line.room += refusalLength - ",".length;
    const answer = answerOne(conversation, message, line);
    if (answer === null) continue;
    line.room -= answer.length;
    answers.push(answer);
  }
  return answers.length === 0 ? null : `[${answers.join(",")}]`;
}

function answerOne(conversation: Conversation, message: Json, line: Line): string | null {
  let request: Request;
  try {
    request = readRequest(message);
  } catch (error) {
    return failure(idOf(message), error, line.room);
  }
  const { id, method, params } = request;
  const call = (room: number): Json => {
    if (line.full) throw answerTooLong();
    return callMethod(conversation, method, params, room);
  };
  if (id !== undefined) return attempt(conversation, id, line, call);
  try {
    call(limits.lineBytes);
  } catch (error) {
    conversation.onNotice(refusedNotification(method, error));
  }
  return null;
}

function attempt(conversation: Conversation, id: Id, line: Line, call: (room: number) => Json): string {
  const takeBack = pointOf(conversation);
  try {
    return success(id, call(line.room), line.room);
  } catch (error) {
    const tooLong = isCaviarError(error) && ["tooLong", "answerTooLong"].includes(error.code);
    line.full ||= tooLong;
    return failure(id, caught(takeBack) ?? (tooLong ? answerTooLong() : error), line.room);
  }
}

/** Takes back what a request does to the study after this point. */
function pointOf(conversation: Conversation): () => void {
  const { registry, served, closed } = conversation;
  const events = served?.events.length ?? 0;
  return () => {
    conversation.closed = closed;
    conversation.served = served === null || served.events.length === events ? served : servedBefore(registry, served, events);
  };
}

/** What `act` throws; null where it throws nothing. */
function caught(act: () => void): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
}

/**
 * One conversation of `caviar serve`: JSON-RPC 2.0 (jsonrpc.org/specification) over one study, with one message per line. A session takes a
 * line and returns an answer. It does not know where lines come from. A refused request changes nothing.
 */
import type { Json, OnNotice } from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { func, optionReader } from "@caviar-hpo/core/read";
import { parseWire } from "@caviar-hpo/core/wire";
import { failure, type Id, rpcCode, success } from "./answer.ts";
import { type Conversation, callMethod } from "./methods.ts";
import { refusedNotification } from "./notices.ts";
import type { Registry } from "./registry.ts";
import { idOf, invalidRequest, type Request, readRequest } from "./request.ts";

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
        return failure(null, error, rpcCode.parse);
      }
      return Array.isArray(message) ? answerBatch(conversation, message) : answerOne(conversation, message);
    },
  };
}

/** Each answer is written before the next request is heard: a snapshot holds the state of its own moment. */
function answerBatch(conversation: Conversation, messages: readonly Json[]): string | null {
  if (messages.length === 0) return attempt(null, () => invalidRequest("a batch with at least one request", "an empty list"));
  const answers = messages.map((message) => answerOne(conversation, message)).filter((answer) => answer !== null);
  return answers.length === 0 ? null : `[${answers.join(",")}]`;
}

function answerOne(conversation: Conversation, message: Json): string | null {
  let request: Request;
  try {
    request = readRequest(message);
  } catch (error) {
    return failure(idOf(message), error);
  }
  const { id, method, params } = request;
  if (id !== undefined) return attempt(id, () => callMethod(conversation, method, params));
  try {
    callMethod(conversation, method, params);
  } catch (error) {
    conversation.onNotice(refusedNotification(method, error));
  }
  return null;
}

function attempt(id: Id, call: () => Json): string {
  try {
    return success(id, call());
  } catch (error) {
    return failure(id, error);
  }
}

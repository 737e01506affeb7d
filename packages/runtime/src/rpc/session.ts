/**
 * One conversation of `caviar serve`: JSON-RPC 2.0 (jsonrpc.org/specification), with one message per line. A session takes a line and
 * returns an answer. It does not know where lines come from. A refused request changes nothing, and neither does a request whose
 * answer is too long for its line.
 */
import { type Json, limits, type OnNotice } from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { boolean, func, object, optionReader, string } from "@caviar-hpo/core/read";
import { parseWire } from "@caviar-hpo/core/wire";
import { answerTooLong, envelopeLength, failure, type Id, rpcCode, success } from "./answer.ts";
import { type Conversation, endConversation, type MethodTurn } from "./conversation.ts";
import { isCaviarError } from "./fault.ts";
import { batchLength, refusalLength, studiesOfClient } from "./limits.ts";
import { callMethod } from "./methods.ts";
import { refusedNotification } from "./notices.ts";
import type { Registry } from "./registry.ts";
import { idOf, invalidRequest, type Request, readRequest } from "./request.ts";
import type { OwnFolder } from "./storedServed.ts";
import { createStudies, type Studies } from "./studies.ts";

/** A conversation with a client. */
export type Session = {
  /** The answer to one line; null for notifications, which get none. */
  answer(line: string): string | null;
  /** true after `close`. */
  readonly closed: boolean;
  /** Closes the studies that the client has open. Call it when the client has gone. */
  end(): void;
};

/** What a session needs besides strategies. */
export type SessionOptions = {
  /**
   * The folder in which studies with a name are stored. It is made if it does not exist. By default such studies are in memory, and end
   * with the session.
   */
  readonly root?: string;
  /**
   * The folder of the study without a name: the folder of a durable study, as `openStudy` makes it. By default this study is in memory.
   * With `takeOver`, the study is taken over from the process that has it open.
   */
  readonly own?: OwnFolder;
  /** Called when a study begins, with what its strategy is going to do, if that is known. Nothing by default. */
  readonly announce?: (plan: string) => void;
  /**
   * Called once for each notice that the client should get although no answer says it: that a notification was refused, or that a stored
   * study was repaired.
   */
  readonly onNotice?: OnNotice;
};

const readSessionOptions = optionReader<SessionOptions>("a session", {
  root: string,
  own: object({ path: string, takeOver: boolean }),
  announce: func,
  onNotice: func,
});

/**
 * Makes a session that offers the given strategies.
 *
 * @throws ConfigError for an unknown option.
 */
export function createSession(registry: Registry, options: SessionOptions = {}): SharedSession {
  const { root = null, own = null, announce = () => {}, onNotice: listener = () => {} } = readSessionOptions(options);
  const onNotice = onceEach(listener);
  return sessionOver(createStudies(registry, root, onNotice, own), { announce, onNotice });
}

/** How a client may use a server. */
export type ClientTerms = {
  readonly announce: (plan: string) => void;
  readonly onNotice: OnNotice;
  /** UTF-16 units in a line; `limits.lineBytes` by default. */
  readonly lineLength?: number;
  readonly mostNamed?: number;
  readonly needsName?: boolean;
};

/** A session with one of the clients that share some studies. */
export function sessionOver(studies: Studies, terms: ClientTerms): SharedSession {
  const { announce, onNotice, lineLength = limits.lineBytes, mostNamed = studiesOfClient, needsName = false } = terms;
  const conversation: Conversation = {
    studies,
    announce,
    onNotice,
    mostNamed,
    needsName,
    own: null,
    named: new Map(),
    protocol: needsName ? 2 : 1,
    closed: false,
  };
  const steps = (line: string): AnswerSteps => answerSteps(conversation, line, lineLength);
  return {
    get closed() {
      return conversation.closed;
    },
    steps,
    answer: (line) => {
      const answering = steps(line);
      for (let step = answering.next(); ; step = answering.next()) if (step.done) return step.value;
    },
    end: () => endConversation(conversation),
  };
}

/** The requests of a line are carried out one at a time. A server lets other clients have a turn between two of them. */
export type AnswerSteps = Generator<void, string | null>;

/** A session as a server holds it. */
export type SharedSession = Session & {
  /** As `answer`, with a pause after each request of a batch. */
  steps(line: string): AnswerSteps;
};

function* answerSteps(conversation: Conversation, line: string, lineLength: number): AnswerSteps {
  let message: Json;
  try {
    message = parseWire(line);
  } catch (error) {
    return failure(null, error, lineLength, rpcCode.parse);
  }
  return Array.isArray(message)
    ? yield* answerBatch(conversation, message, lineLength)
    : answerOne(conversation, message, { room: lineLength, full: false });
}

/** The line of the next answer: `room` UTF-16 units are left in it. `full` once an answer did not fit: no later request is carried out. */
type Line = { room: number; full: boolean };

/** Each answer is written before the next request is heard: a snapshot holds the state of its own moment. */
function* answerBatch(conversation: Conversation, messages: readonly Json[], lineLength: number): AnswerSteps {
  const most = batchLength(lineLength);
  const expected = `a batch of 1 to ${most} requests`;
  if (messages.length === 0 || messages.length > most)
    return failure(
      null,
      caught(() => invalidRequest(expected, `a list of ${messages.length}`)),
    );
  const answers: string[] = [];
  const line = { room: lineLength - "[]".length - messages.length * refusalLength, full: false };
  for (const message of messages) {
    line.room += refusalLength - ",".length;
    const answer = answerOne(conversation, message, line);
    if (answer !== null) {
      line.room -= answer.length;
      answers.push(answer);
    }
    yield;
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
  let turn: MethodTurn | null = null;
  const call = (room: number): Json => {
    if (line.full) throw answerTooLong();
    return callMethod(conversation, { method, params, room }, (begun) => {
      turn = begun;
    });
  };
  const takeBack = (): void => turn?.takeBack();
  if (id !== undefined) return attempt(id, line, call, takeBack);
  try {
    call(line.room);
  } catch (error) {
    conversation.onNotice(refusedNotification(method, caught(takeBack) ?? error));
  }
  return null;
}

function attempt(id: Id, line: Line, call: (room: number) => Json, takeBack: () => void): string {
  try {
    return success(id, call(line.room - envelopeLength(id)), line.room);
  } catch (error) {
    const tooLong = isCaviarError(error) && ["tooLong", "answerTooLong"].includes(error.code);
    line.full ||= tooLong;
    return failure(id, caught(takeBack) ?? (tooLong ? answerTooLong() : error), line.room);
  }
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

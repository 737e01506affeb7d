/** A client of a session: numbers its requests, gives back results, and lets errors be looked at. */
import { createSession, type Registry, type Session } from "@caviar-hpo/runtime";

// biome-ignore lint/suspicious/noExplicitAny: answers are read as tests need them, and compared.
export type Any = any;

export type Client = {
  /** The result; throws where the answer is an error. */
  call(method: string, params?: unknown): Any;
  /** The error {code, message, data}; throws where the answer is a result. */
  refusal(method: string, params?: unknown): Any;
  /** The parsed answer to a line; null where there is none. */
  line(text: string): Any;
  /** The client is gone. */
  leave(): void;
};

export function connect(registry: Registry): Client {
  return clientOf(createSession(registry));
}

export function clientOf(session: Session): Client {
  let id = 0;
  const line = (text: string): Any => {
    const answer = session.answer(text);
    return answer === null ? null : JSON.parse(answer);
  };
  const send = (method: string, params?: unknown): Any => {
    id++;
    const answer = line(JSON.stringify({ jsonrpc: "2.0", id, method, ...(params === undefined ? {} : { params }) }));
    if (answer.id !== id || answer.jsonrpc !== "2.0") throw new Error(`answer ${JSON.stringify(answer)} to request ${id}`);
    return answer;
  };
  return {
    line,
    leave: () => session.end(),
    call: (method, params) => {
      const answer = send(method, params);
      if (!("result" in answer)) throw new Error(`${method}: ${JSON.stringify(answer)}`);
      return answer.result;
    },
    refusal: (method, params) => {
      const answer = send(method, params);
      if (!("error" in answer)) throw new Error(`${method}: ${JSON.stringify(answer)}`);
      return answer.error;
    },
  };
}

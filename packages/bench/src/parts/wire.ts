/** JSON-RPC with a program, one message a line. */
import { CaviarError, ConfigError, ExternalError, type Json } from "@caviar-hpo/core";
import type { Decoder } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import { type LineProgram, programEnvironment, startLineProgram } from "@caviar-hpo/runtime/parts";
import type { ProgramPart } from "./part.ts";

/** The result of a method. */
export type Answered = { readonly [key: string]: unknown };

export type Wire = {
  /**
   * Calls a method and waits for its result.
   *
   * @throws ExternalError for a program that ends, is too slow, or answers with an error or with something else.
   */
  call(method: string, params: Json): Answered;
  /** As `call`, for a method by which the program says whether it takes the problem. @throws ConfigError if it answers with an error. */
  propose(method: string, params: Json): Answered;
  /** Reads a part of an answer. @throws ExternalError if it is not what the wire format says. */
  read<T>(method: string, decoder: Decoder<T>, value: unknown): T;
  close(): void;
};

/** Starts a program. @param title how errors call it, for instance `strategy "mine"`. */
export function openWire(title: string, part: Omit<ProgramPart, "kind">): Wire {
  const program = startProgram(title, part);
  let calls = 0;
  const call = (method: string, params: Json): Answered => {
    calls++;
    const text = program.ask(stringifyWire({ jsonrpc: "2.0", id: calls, method, params }), part.timeoutSeconds);
    const answer = messageIn(text);
    const isAnswer = answer !== null && answer.id === calls && (isRecord(answer.result) || isRecord(answer.error));
    return isAnswer ? answer : noAnswer(title, method, `one JSON-RPC message with the id ${calls}`, show(text));
  };
  return {
    call: (method, params) => {
      const { result, error } = call(method, params);
      return isRecord(error) ? noAnswer(title, method, "a result", `the error ${show(error.message)}`) : (result as Answered);
    },
    propose: (method, params) => {
      const { result, error } = call(method, params);
      return isRecord(error) ? refused(title, method, String(error.message)) : (result as Answered);
    },
    read: (method, decoder, value) => {
      try {
        return decoder(value, "answer");
      } catch (error) {
        if (error instanceof CaviarError) return noAnswer(title, method, `${error.expected} in ${error.what}`, error.got);
        throw error;
      }
    },
    close: program.close,
  };
}

/** Starts a program in the environment of programs from plans. */
export function startProgram(title: string, { command, cwd, inherit }: Omit<ProgramPart, "kind">): LineProgram {
  return startLineProgram({ title, command, cwd, environment: programEnvironment(inherit) });
}

/** @throws ExternalError, always. */
export function noAnswer(title: string, method: string, expected: string, got: string): never {
  const remedy = "Correct it (docs/benchmarks.md, your own strategies and problems).";
  throw new ExternalError({ code: "noAnswer", what: `${title}, ${method}`, expected, got, remedy });
}

function refused(title: string, method: string, got: string): never {
  const remedy = "Leave the strategy or the problem out of the plan.";
  throw new ConfigError({ code: "refused", what: `${title}, ${method}`, expected: "a strategy that takes the problem", got, remedy });
}

function messageIn(text: string): Answered | null {
  try {
    const message = parseWire(text) as unknown;
    return isRecord(message) ? message : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Answered {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A session on standard input and output, or on any pair of byte streams. A message is one line, and answers come in the order of the
 * requests.
 */
import type { Readable, Writable } from "node:stream";
import { limits } from "@caviar-hpo/core";
import { failure, rpcCode } from "./answer.ts";
import { linesOf } from "./lines.ts";
import type { Registry } from "./registry.ts";
import { type AnswerSteps, createSession, type SessionOptions, type SharedSession } from "./session.ts";

/**
 * Answers requests until `close` was answered, the input ends, or the output is closed by its reader. Then it resolves, after it has
 * written every answer. Rejects if the output fails in another way.
 */
export async function serve(registry: Registry, input: Readable, output: Writable, options: SessionOptions = {}): Promise<void> {
  await serveLines(createSession(registry, options), input, output, limits.lineBytes);
}

/**
 * As `serve`, for one of several clients.
 *
 * @param pause awaited after each request, so that other clients have a turn.
 */
export async function serveLines(
  session: SharedSession,
  input: Readable,
  output: Writable,
  lineLength: number,
  pause: () => Promise<void> = async () => {},
): Promise<void> {
  // A failed write is reported where it was made, below; without a listener the same error would end the process.
  const ignore = (): void => {};
  output.on("error", ignore);
  try {
    for await (const line of linesOf(input, lineLength)) {
      if (typeof line === "string" && /^[ \t\r]*$/.test(line)) continue;
      const answer = typeof line === "string" ? await lastOf(session.steps(line), pause) : failure(null, line, lineLength, rpcCode.parse);
      if (answer !== null && !(await wasRead(output, `${answer}\n`))) return;
      if (session.closed) return;
    }
  } finally {
    session.end();
    output.off("error", ignore);
  }
}

/** The answer after all steps. */
export async function lastOf(steps: AnswerSteps, pause: () => Promise<void>): Promise<string | null> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      await pause();
      return step.value;
    }
    await pause();
  }
}

/** False where the reader is gone. */
function wasRead(output: Writable, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => {
      if (!error) resolve(true);
      else if (["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED"].includes((error as NodeJS.ErrnoException).code ?? "")) resolve(false);
      else reject(error);
    });
  });
}

/** A conversation with Optuna: golden/optunaTpe.py as a child process that answers each line by one. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Optuna = { ask<Answer>(question: object): Promise<Answer>; close(): void };

export function openOptuna(): Optuna {
  const script = fileURLToPath(new URL("../golden/optunaTpe.py", import.meta.url));
  const child = spawn(process.env.CAVIAR_PYTHON || "python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { done, value } = await lines.next();
      if (done === true) throw new Error("Optuna's process has ended: see its message above");
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

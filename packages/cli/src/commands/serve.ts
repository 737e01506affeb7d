import { serve } from "@caviar-hpo/runtime";
import { printable } from "@caviar-hpo/runtime/terminal";
import { strategies } from "@caviar-hpo/tune";
import { exitCodes } from "../exitCodes.ts";
import { noticeLine } from "../terminal/noticeLine.ts";
import { type Command, readArguments } from "./command.ts";

/** Answers JSON-RPC on standard input and output. */
export const serveCommand: Command = {
  name: "serve",
  summary: "Answer JSON-RPC on standard input and output, for programs in any language.",
  help: `Usage: caviar serve

Answers JSON-RPC 2.0 on standard input and output, one message per line, until the method close or the end of the input. One process
serves one study. Methods: open, ask, tell, fail, enqueue, observe, best, recommend, predict, snapshot, restore, strategies, close.

  {"jsonrpc":"2.0","id":1,"method":"open","params":{"protocol":1,"seed":42,"strategy":{"name":"sobol"},
   "problem":{"space":[{"name":"x","kind":"real","low":0,"high":1}]}}}
  {"jsonrpc":"2.0","id":2,"method":"ask","params":{"want":1}}
  {"jsonrpc":"2.0","id":3,"method":"tell","params":{"job":0,"values":[0.25]}}
  {"jsonrpc":"2.0","id":4,"method":"best","params":{}}

Standard error shows notices, and the plans that strategies announce before they begin, for instance Hyperband's bracket table.
docs/wire-format.md describes every message.`,
  run: async (args, { stdin, stdout, stderr }) => {
    readArguments("serve", args, {});
    await serve(strategies, stdin, stdout, {
      announce: (plan) => {
        for (const line of plan.split("\n")) stderr.write(`${printable(line)}\n`);
      },
      onNotice: (notice) => {
        stderr.write(noticeLine(notice));
      },
    });
    return exitCodes.done;
  },
};

import { type ListenOptions, listen, type SessionOptions, serve } from "@caviar-hpo/runtime";
import { printable } from "@caviar-hpo/runtime/terminal";
import { strategies } from "@caviar-hpo/tune";
import { exitCodes } from "../exitCodes.ts";
import { noticeLine } from "../terminal/noticeLine.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type Flags, readArguments, refuse, type Subcommand } from "./command.ts";
import { tokenIn } from "./tokenFile.ts";

/** Answers JSON-RPC on standard input and output, on a Unix socket, or on a port of this machine. */
export const serveCommand: Subcommand = {
  help: `Usage: caviar serve [--root DIR] [--study DIR [--take-over] | --socket PATH | --port N --token-file FILE]

Answers JSON-RPC 2.0 on standard input and output, one message per line, until the method close or the end of the input.

  --root DIR         store studies with a name in folders below DIR; without it they are in memory
  --study DIR        store the study without a name in DIR, as a durable study: other programs can open it when the server has ended
  --take-over        take this study over from the process that has it open
  --socket PATH      serve several clients on a Unix socket that only you can use
  --port N           serve several clients on 127.0.0.1, over HTTP; 0 lets the system choose
  --token-file FILE  what clients of a port have to know; it is written if there is no such file

A server that listens prints its address on standard output, and ends by Ctrl-C or SIGTERM.

Methods: open, strategies, studies, ask, take, tell, fail, enqueue, observe, annotate, advice, ended, running, best, trials, annotations,
recommend, predict, snapshot, restore, close.

  {"jsonrpc":"2.0","id":1,"method":"open","params":{"protocol":2,"name":"digits","seed":42,"strategy":{"name":"sobol"},
   "problem":{"space":[{"name":"x","kind":"real","low":0,"high":1}]}}}
  {"jsonrpc":"2.0","id":2,"method":"ask","params":{"want":1}}
  {"jsonrpc":"2.0","id":3,"method":"tell","params":{"job":0,"values":[0.25]}}
  {"jsonrpc":"2.0","id":4,"method":"best","params":{}}

Standard error shows notices, and the plans that strategies announce before they begin, for instance Hyperband's bracket table.
docs/wire-format.md describes every message.`,
  run: async (args, terminal) => {
    const { flags } = readArguments("serve", args, {
      root: "value",
      study: "value",
      "take-over": "flag",
      socket: "value",
      port: "value",
      "token-file": "value",
    });
    const options: SessionOptions = {
      ...(flags.root !== undefined && { root: flags.root as string }),
      announce: (plan) => {
        for (const line of plan.split("\n")) terminal.stderr.write(`${printable(line)}\n`);
      },
      onNotice: (notice) => {
        terminal.stderr.write(noticeLine(notice));
      },
    };
    const where = placeIn(flags);
    const own = ownFolderIn(flags);
    if (where === null) await serve(strategies, terminal.stdin, terminal.stdout, { ...options, ...own });
    else await listenUntilEnd({ ...options, ...where }, terminal);
    return exitCodes.done;
  },
};

/** null for standard input and output. */
function placeIn({ socket, port, "token-file": file }: Flags): Pick<ListenOptions, "socket" | "port" | "token"> | null {
  if (socket !== undefined && port !== undefined) refuse("serve", "either --socket or --port", "both", "Drop one of them.");
  if ((port === undefined) !== (file === undefined))
    refuse("serve", "--port together with --token-file", port === undefined ? "no --port" : "no --token-file", "See caviar serve --help.");
  if (socket !== undefined) return { socket: socket as string };
  return port === undefined ? null : { port: portOf(port), token: tokenIn(file as string) };
}

/** Where the study without a name is; nothing if it is in memory. */
function ownFolderIn(flags: Flags): Pick<SessionOptions, "own"> {
  const { study, socket, port } = flags;
  const takeOver = flags["take-over"] === true;
  if (takeOver && study === undefined) refuse("serve", "--take-over together with --study", "no --study", "See caviar serve --help.");
  if (study === undefined) return {};
  if (socket !== undefined || port !== undefined)
    refuse("serve", "--study on standard input and output", "a server for several clients", "Give the study a name, and pass --root.");
  return { own: { path: study as string, takeOver } };
}

function portOf(text: string | boolean): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    refuse("option --port", "a whole number up to 65535", String(text), "Write --port 8765, for instance.");
  return port;
}

async function listenUntilEnd(options: ListenOptions, { stdout, signals }: Terminal): Promise<void> {
  const server = await listen(strategies, options);
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) signals.on(signal, () => resolve());
  });
  stdout.write(`${server.address}\n`);
  await ended;
  await server.close();
}

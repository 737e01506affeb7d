/**
 * A Unix socket. Each connection is a conversation as on standard input and output. The file of the socket can be used by its owner only,
 * from the moment at which it exists.
 */
import { lstatSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { ConfigError, LimitError, StateError } from "@caviar-hpo/core";
import { failure } from "./answer.ts";
import { connections, sharedLineLength } from "./limits.ts";
import type { Listening, Service } from "./listen.ts";
import { sessionOver } from "./session.ts";
import { serveLines } from "./stdio.ts";

/** @throws StateError "addressInUse"; ConfigError for a path with another file; errors of the system. */
export async function listenOnSocket(service: Service, path: string): Promise<Listening> {
  await clear(path);
  const open = new Map<Socket, Promise<void>>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    if (open.size >= connections) {
      socket.end(`${failure(null, tooManyClients())}\n`);
      socket.destroySoon();
      return;
    }
    open.set(
      socket,
      converse(service, socket).finally(() => open.delete(socket)),
    );
  });
  await bindPrivately(server, path);
  return {
    address: path,
    close: async () => {
      const conversations = [...open.values()];
      for (const socket of open.keys()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(conversations);
    },
  };
}

/** What goes wrong with one client ends its conversation only. */
async function converse({ studies, terms, pause }: Service, socket: Socket): Promise<void> {
  const session = sessionOver(studies, { ...terms, lineLength: sharedLineLength });
  try {
    await serveLines(session, socket, socket, sharedLineLength, pause);
    socket.end();
  } catch {
    socket.destroy();
  }
}

/** Removes the socket of a server that has ended without closing it. */
async function clear(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket())
    throw new ConfigError({
      code: "badOption",
      what: `socket ${path}`,
      expected: "a path where nothing is",
      got: "another file",
      remedy: "Choose another path.",
    });
  if (await answers(path))
    throw new StateError({
      code: "addressInUse",
      what: `socket ${path}`,
      expected: "a path where no server listens",
      got: "a server that answers",
      remedy: "Connect to it, or choose another path.",
    });
  rmSync(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.on("connect", () => resolve(true)).on("error", () => resolve(false));
    probe.on("connect", () => probe.destroy());
  });
}

/** The mask takes the rights of others away while the file is made. */
function bindPrivately(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).once("listening", resolve);
    const mask = process.umask(0o177);
    try {
      server.listen(path);
    } finally {
      process.umask(mask);
    }
  });
}

function tooManyClients(): LimitError {
  return new LimitError({
    code: "tooManyClients",
    what: "server",
    expected: `at most ${connections} clients`,
    got: "one more",
    remedy: "Close another connection first.",
  });
}

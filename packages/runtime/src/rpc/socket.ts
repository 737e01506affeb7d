/**
 * A Unix socket. Each connection is a conversation as on standard input and output. The file of the socket can be used by its owner only,
 * from the moment at which it exists.
 */
import { lstatSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { ConfigError, LimitError, StateError } from "@caviar-hpo/core";
import { failure } from "./answer.ts";
import { connections } from "./limits.ts";
import { lineClients } from "./lineClients.ts";
import type { Listening, Service } from "./listen.ts";

/** @throws StateError "addressInUse"; ConfigError for a path with another file; errors of the system. */
export async function listenOnSocket(service: Service, path: string): Promise<Listening> {
  await clear(path);
  const clients = lineClients(service);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    if (clients.count < connections) {
      clients.add(socket);
      return;
    }
    socket.on("error", () => {}).end(`${failure(null, tooManyClients())}\n`);
    socket.destroySoon();
  });
  await bindPrivately(server, path);
  return {
    address: path,
    close: async () => {
      const ended = clients.end();
      await new Promise((resolve) => server.close(resolve));
      await ended;
    },
  };
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

/** A server for several clients of this machine: on a Unix socket, or on a port of the loopback interface. */
import { setImmediate } from "node:timers/promises";
import { ConfigError } from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { func, optionReader, string, text, whole } from "@caviar-hpo/core/read";
import { listenOnPort } from "./port.ts";
import type { Registry } from "./registry.ts";
import type { ClientTerms, SessionOptions } from "./session.ts";
import { listenOnSocket } from "./socket.ts";
import { createStudies, type Studies } from "./studies.ts";

/** Where a server listens: at `socket`, or at `port` with a `token`. */
export type ListenOptions = Omit<SessionOptions, "own"> & {
  /** The path of a Unix socket. Only the user who runs the server can connect. Windows has no such sockets. None by default. */
  readonly socket?: string;
  /** A port of 127.0.0.1, which answers HTTP. 0 lets the system choose one. None by default. */
  readonly port?: number;
  /** What the clients of a port have to know: at least 32 characters of A-Z, a-z, 0-9, "-" and "_". None by default. */
  readonly token?: string;
};

/** A server that listens. */
export type Listening = {
  /** The path of the socket, or the URL of the port. */
  readonly address: string;
  /** Ends all conversations, and closes all studies. */
  close(): Promise<void>;
};

/** What the parts of a server share. `pause` lets other clients have a turn. */
export type Service = { readonly studies: Studies; readonly terms: ClientTerms; readonly pause: () => Promise<void> };

const readListenOptions = optionReader<ListenOptions>("listen", {
  socket: text(1024),
  port: whole(0, 65_535),
  token: string,
  root: string,
  announce: func,
  onNotice: func,
});

/**
 * Starts a server.
 *
 * @throws ConfigError for a wrong option; StateError "addressInUse" if another server listens there; errors of the system.
 */
export async function listen(registry: Registry, options: ListenOptions): Promise<Listening> {
  const { socket, port, token, root = null, announce = () => {}, onNotice: listener = () => {} } = readListenOptions(options);
  if ((socket === undefined) === (port === undefined)) refuse("either socket or port", socket === undefined ? "neither" : "both");
  if (port !== undefined && !/^[\w-]{32,}$/.test(token ?? "")) refuse("a token of at least 32 characters", "another one");
  if (port === undefined && token !== undefined) refuse("a token with a port only", "a token with a socket");
  const onNotice = onceEach(listener);
  const service: Service = {
    studies: createStudies(registry, root, onNotice),
    terms: { announce, onNotice },
    pause: () => setImmediate(),
  };
  return port === undefined ? listenOnSocket(service, socket!) : listenOnPort(service, port, token!);
}

function refuse(expected: string, got: string): never {
  const remedy = "Pass socket, or port and token.";
  throw new ConfigError({ code: "badOption", what: "options of listen", expected, got, remedy });
}

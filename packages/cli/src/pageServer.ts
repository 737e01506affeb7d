/**
 * A server of one live page on a port of 127.0.0.1. Every program of the machine and every page in a browser can reach the port. So the
 * address of the page has a token of 256 random bits, and a request needs the name of this machine as its host: a page whose name was made
 * to lead here (DNS rebinding) names another one. Requests that a browser makes for other pages are refused. The server only reads.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { closeServer, listenOnLoopback, loopbackHosts, sameToken } from "@caviar-hpo/runtime/parts";

/** A file of the page, by its path relative to the address of the page; "" is the page itself. */
export type PageFiles = ReadonlyMap<string, string>;

export type PageServer = {
  /** With the token, so it is for the user alone. */
  readonly address: string;
  /** Tells the pages that are open the state of what they show. Called again with the same state, it does nothing. */
  tell(state: string): void;
  close(): Promise<void>;
};

/** More browsers than one user has. */
const connections = 64;

/**
 * @param files the page as it is now. Called for each request of a file.
 * @throws errors of the system, for instance if no port is free.
 */
export async function servePage(files: () => PageFiles): Promise<PageServer> {
  const token = randomBytes(32).toString("base64url");
  const followers = new Set<ServerResponse>();
  let state: string | null = null;
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 16_384 }, (request, response) => {
    setHeaders(response);
    const refusal = refusalOf(request, (server.address() as AddressInfo | null)?.port ?? 0);
    if (refusal !== null) return end(response, refusal.status, refusal.text);
    const [given, ...path] = request.url!.slice(1).split("/");
    if (!sameToken(given!, token)) return end(response, 404, "No such page. The address of the page ends in a token that is wrong here.\n");
    const name = path.join("/");
    if (name === "state") return follow(response, followers, state);
    const text = path.length === 0 ? undefined : files().get(name);
    if (text === undefined) return end(response, 404, "No such file.\n");
    response.setHeader("Content-Type", typeOf(name));
    if (name !== "") response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    response.end(text);
  });
  server.maxConnections = connections;
  const port = await listenOnLoopback(server, 0);
  return {
    address: `http://127.0.0.1:${port}/${token}/`,
    tell: (now) => {
      if (now === state) return;
      state = now;
      for (const response of followers) response.write(eventText(now));
    },
    close: () => closeServer(server),
  };
}

/** The content policy of the page is in the page. */
function setHeaders(response: ServerResponse): void {
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
}

type PageRefusal = { readonly status: number; readonly text: string };

/** Judges a request by its head. A browser says for which site it asks; other programs do not. */
function refusalOf({ headers, method }: IncomingMessage, port: number): PageRefusal | null {
  const { host = "", origin, "sec-fetch-site": site = "none" } = headers;
  if (!loopbackHosts(port).includes(host)) return { status: 403, text: "The name of the host is wrong.\n" };
  if (origin !== undefined && origin !== `http://${host}`) return { status: 403, text: "Other pages may not read this one.\n" };
  if (site !== "none" && site !== "same-origin") return { status: 403, text: "Other pages may not read this one.\n" };
  return method === "GET" ? null : { status: 405, text: "Only GET is answered.\n" };
}

/** Server-sent events: the state now, and each later one. */
function follow(response: ServerResponse, followers: Set<ServerResponse>, state: string | null): void {
  response.setHeader("Content-Type", "text/event-stream; charset=utf-8");
  response.write(state === null ? ":\n\n" : eventText(state));
  followers.add(response);
  response.on("close", () => followers.delete(response));
}

/** @param state one line. */
function eventText(state: string): string {
  return `data: ${state}\n\n`;
}

function end(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader("Connection", "close");
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  if (status === 405) response.setHeader("Allow", "GET");
  response.end(text);
}

function typeOf(name: string): string {
  if (name === "") return "text/html; charset=utf-8";
  if (name.endsWith(".svg")) return "image/svg+xml";
  return name.endsWith(".json") ? "application/json" : "text/csv; charset=utf-8";
}

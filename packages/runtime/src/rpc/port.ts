/**
 * A port of 127.0.0.1. A message is the body of an HTTP request, `POST /`, and its answer is the body of the response. After `CONNECT`, a
 * connection is a conversation of lines, as on a Unix socket. Every program of the machine and every page in a browser can reach the port.
 * So a request needs the token, and the name of this machine as its host: a page whose name was made to lead here (DNS rebinding) names
 * another one. Browsers say from which page a request comes, and such requests are refused.
 */
import { createServer, type IncomingMessage, type Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type CaviarError, StateError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { closeServer, listenOnLoopback, loopbackHosts, sameToken } from "../parts/loopback.ts";
import { failure, rpcCode } from "./answer.ts";
import { connections, sharedLineLength, studiesOfPort } from "./limits.ts";
import { type LineClients, lineClients } from "./lineClients.ts";
import { openText } from "./lines.ts";
import type { Listening, Service } from "./listen.ts";
import { type SharedSession, sessionOver } from "./session.ts";
import { lastOf } from "./stdio.ts";

/** @throws errors of the system, for instance if the port is taken. */
export async function listenOnPort(service: Service, port: number, token: string): Promise<Listening> {
  const { studies, terms, pause } = service;
  const clients = lineClients(service);
  const session = sessionOver(studies, { ...terms, lineLength: sharedLineLength, mostNamed: studiesOfPort, needsName: true });
  const server = createServer(
    // A client that is slower than this is not one of ours: it is on the same machine.
    { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 },
    (request, response) => {
      const refusal = refusalOf(request, portOf(server) ?? port, token);
      if (refusal !== null) refuse(response, refusal);
      else void answer(session, request, response, pause).catch(() => response.destroy());
    },
  );
  server.on("connect", (request: IncomingMessage, socket: Socket, rest: Buffer) => {
    openTunnel(clients, { request, socket, rest }, strangerOf(request, portOf(server) ?? port, token));
  });
  server.maxConnections = connections;
  const bound = await listenOnLoopback(server, port);
  return {
    address: `http://127.0.0.1:${bound}`,
    close: async () => {
      session.end();
      await Promise.all([closeServer(server), clients.end()]);
    },
  };
}

type Refusal = { readonly status: number; readonly error: CaviarError };

function portOf(server: Server): number | undefined {
  return (server.address() as AddressInfo | null)?.port;
}

type Tunnel = { readonly request: IncomingMessage; readonly socket: Socket; readonly rest: Buffer };

/** @param refusal null begins the conversation. */
function openTunnel(clients: LineClients, { request, socket, rest }: Tunnel, refusal: Refusal | null): void {
  if (refusal === null) {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    socket.unshift(rest);
    clients.add(socket);
    return;
  }
  socket.on("error", () => {});
  const response = new ServerResponse(request);
  response.assignSocket(socket);
  response.on("finish", () => socket.destroySoon());
  refuse(response, refusal);
}

/** Judges a request by its head, before its body is read. */
function refusalOf(request: IncomingMessage, port: number, token: string): Refusal | null {
  const { headers, method, url } = request;
  const stranger = strangerOf(request, port, token);
  if (stranger !== null) return stranger;
  if (url !== "/") return refusal(404, "wrongPath", "path", "/", url);
  if (method !== "POST") return refusal(405, "wrongMethod", "method of HTTP", "POST", method);
  const [type] = (headers["content-type"] ?? "").split(";");
  if (type!.trim().toLowerCase() !== "application/json")
    return refusal(415, "wrongType", "Content-Type", "application/json", headers["content-type"]);
  return null;
}

/** Why a request does not come from a program that may use the server. */
function strangerOf({ headers }: IncomingMessage, port: number, token: string): Refusal | null {
  const hosts = loopbackHosts(port);
  if (!hosts.includes(headers.host ?? "")) return refusal(403, "wrongHost", "Host", hosts.join(" or "), headers.host);
  if (headers.origin !== undefined) return refusal(403, "wrongOrigin", "Origin", "no page in a browser", headers.origin);
  if (!sameToken(headers.authorization ?? "", `Bearer ${token}`))
    return refusal(401, "wrongToken", "Authorization", "Bearer and the token", headers.authorization && "something else");
  return null;
}

function refusal(status: number, code: string, what: string, expected: string, got: string | undefined): Refusal {
  const remedy = "See the page on the wire format.";
  const shown = got === undefined || got === "" ? "none" : got === "something else" ? got : show(got);
  return { status, error: new StateError({ code, what, expected, got: shown, remedy }) };
}

async function answer(
  session: SharedSession,
  request: IncomingMessage,
  response: ServerResponse,
  pause: () => Promise<void>,
): Promise<void> {
  const message = await textOf(request);
  if (typeof message !== "string") return refuse(response, { status: 400, error: message }, rpcCode.parse);
  const body = await lastOf(session.steps(message), pause);
  if (body === null) respond(response, 204);
  else respond(response, 200, body);
}

async function textOf(request: IncomingMessage): Promise<string | CaviarError> {
  const text = openText(sharedLineLength);
  for await (const part of request) {
    const fault = text.add(part as Uint8Array);
    if (fault !== null) return fault;
  }
  return text.end()!;
}

/** The rest of the request is not read: the connection ends. */
function refuse(response: ServerResponse, { status, error }: Refusal, code?: number): void {
  response.setHeader("Connection", "close");
  if (status === 401) response.setHeader("WWW-Authenticate", "Bearer");
  if (status === 405) response.setHeader("Allow", "POST");
  respond(response, status, failure(null, error, sharedLineLength, code));
}

function respond(response: ServerResponse, status: number, body?: string): void {
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.statusCode = status;
  if (body === undefined) response.end();
  else response.setHeader("Content-Type", "application/json; charset=utf-8").end(`${body}\n`);
}

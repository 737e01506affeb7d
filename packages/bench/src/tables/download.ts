/**
 * Downloads a file over HTTPS or HTTP. The proxy is the one that the environment names for the address (HTTPS_PROXY, HTTP_PROXY, NO_PROXY),
 * as other programs read it: Node 20 reads none itself. User names and passwords in addresses are sent, and never shown.
 */
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ExternalError } from "@caviar-hpo/core";

/** Environment variables by name. */
export type Environment = { readonly [name: string]: string | undefined };

export type DownloadOptions = {
  readonly env: Environment;
  readonly headers?: { readonly [name: string]: string };
  /** The most bytes that are accepted. */
  readonly limit: number;
};

const mostRedirects = 5;
const silenceMs = 60_000;

/** @throws ExternalError if there is no answer with the status 200 within the limits. */
export async function download(address: string, options: DownloadOptions): Promise<Uint8Array> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await responseOf(url, options).catch((error: Error) => failed(url, "an answer", error.message));
    const { statusCode, headers } = response;
    if (statusCode === 200) return bodyOf(url, response, options.limit);
    response.resume();
    if (statusCode === undefined || statusCode < 300 || statusCode >= 400 || headers.location === undefined) {
      failed(url, "the status 200", String(statusCode));
    }
    const next = new URL(headers.location, url);
    if (url.protocol === "https:" && next.protocol !== "https:") failed(url, "a redirect to HTTPS", next.protocol);
    url = next;
  }
  return failed(url, `at most ${mostRedirects} redirects`, "more");
}

async function responseOf(url: URL, { env, headers = {} }: DownloadOptions): Promise<IncomingMessage> {
  const proxy = proxyFor(url, env);
  const secure = url.protocol === "https:";
  const wanted: RequestOptions = { headers: { ...headers, ...authorization("authorization", url) }, path: url.pathname + url.search };
  if (proxy === null) return answer((secure ? httpsRequest : httpRequest)({ ...wanted, ...hostOf(url) }));
  if (!secure) {
    const through = { ...wanted, ...hostOf(proxy), path: `http://${url.host}${wanted.path}` };
    return answer(
      httpRequest({ ...through, headers: { ...wanted.headers, host: url.host, ...authorization("proxy-authorization", proxy) } }),
    );
  }
  const socket = await tunnel(url, proxy);
  const createConnection = (): Socket => connectTls({ socket, servername: url.hostname });
  return answer(httpsRequest({ ...wanted, ...hostOf(url), agent: false, createConnection }));
}

/** A connection to the host of `url` that the proxy passes on. */
function tunnel(url: URL, proxy: URL): Promise<Socket> {
  const target = `${url.hostname}:${url.port === "" ? 443 : url.port}`;
  const headers = { host: target, ...authorization("proxy-authorization", proxy) };
  const asked = (proxy.protocol === "https:" ? httpsRequest : httpRequest)({ ...hostOf(proxy), method: "CONNECT", path: target, headers });
  return new Promise((resolve, reject) => {
    asked.on("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) resolve(socket as Socket);
      else reject(new Error(`the proxy answers with the status ${statusCode}`));
    });
    asked.on("error", reject);
    asked.end();
  });
}

function answer(asked: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.setTimeout(silenceMs, () => asked.destroy(new Error(`${silenceMs / 1000} seconds of silence`)));
    asked.on("response", resolve);
    asked.on("error", reject);
    asked.end();
  });
}

async function bodyOf(url: URL, response: IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit) failed(url, `at most ${limit} bytes`, "more");
      chunks.push(chunk);
    }
  } catch (thrown) {
    if (thrown instanceof ExternalError) throw thrown;
    failed(url, "the whole file", thrown instanceof Error ? thrown.message : String(thrown));
  }
  return Buffer.concat(chunks);
}

function hostOf({ hostname, port }: URL): RequestOptions {
  return { hostname: hostname.replace(/^\[|\]$/g, ""), ...(port !== "" && { port }) };
}

function authorization(header: string, { username, password }: URL): { readonly [name: string]: string } {
  if (username === "" && password === "") return {};
  return { [header]: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}` };
}

/** The proxy for an address, or null. */
export function proxyFor({ protocol, hostname }: URL, env: Environment): URL | null {
  const read = (name: string): string => env[name] || env[name.toUpperCase()] || "";
  const named = read(protocol === "https:" ? "https_proxy" : "http_proxy") || read("all_proxy");
  if (named === "" || isExempt(hostname, read("no_proxy"))) return null;
  return new URL(named.includes("://") ? named : `http://${named}`);
}

/** `list` has names of hosts and domains, separated by commas. `*` stands for all. */
function isExempt(hostname: string, list: string): boolean {
  const names = list.split(",").map((name) => name.trim().replace(/^\*?\./, ""));
  return names.some((name) => name === "*" || (name !== "" && (hostname === name || hostname.endsWith(`.${name}`))));
}

function failed(url: URL, expected: string, got: string): never {
  throw new ExternalError({
    code: "download",
    what: `the download of ${url.protocol}//${url.host}${url.pathname}`,
    expected,
    got,
    remedy:
      "Check the connection and the variables PIP_INDEX_URL and HTTPS_PROXY, or fetch the file by other means and name it with --from.",
  });
}

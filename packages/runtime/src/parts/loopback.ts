/** What servers on a port of 127.0.0.1 share. Every program of the machine and every page in a browser can reach such a port. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Lets a server listen on a port of 127.0.0.1.
 *
 * @param port 0 lets the system choose one.
 * @returns the port.
 * @throws errors of the system, for instance if the port is taken.
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).once("listening", resolve);
    server.listen(port, "127.0.0.1");
  });
  return (server.address() as AddressInfo).port;
}

/** Ends all connections too. */
export async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** What a request may name as its host. A page whose name was made to lead to the port (DNS rebinding) names another one. */
export function loopbackHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/** Takes the same time for every wrong token. */
export function sameToken(given: string, expected: string): boolean {
  const digest = (value: string): Buffer => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Bounds of JSON-RPC itself; those of messages are in core. Together they make sure that every request can be answered: an id takes at
 * most 6 x 512 characters when each is escaped, a refusal fits in `refusalLength` with it, and so many refusals fit in one line.
 */

/** UTF-16 units of an id that is a text. */
export const idLength = 512;

/** Room that is kept in the line of a batch for each request that has not been answered yet; a comma included. */
export const refusalLength = 4096;

/** Requests in a batch: so many refusals fit in its line. */
export function batchLength(lineLength: number): number {
  return Math.floor(lineLength / refusalLength);
}

/** UTF-16 units of each part of an error; the rest is cut off. */
export const errorPartLength = 1000;

/** Stored studies that a server has open at the same time. It closes the one that was opened first, and opens it again when it is used. */
export const awakeStudies = 64;

/** Named studies that one client has open at the same time. */
export const studiesOfClient = 16;

/** Clients that are connected to a socket or port at the same time. */
export const connections = 32;

/** UTF-16 units in a line of one of several clients, in either direction. The lines of all of them are in memory at the same time. */
export const sharedLineLength: number = 4 * 1024 * 1024;

/** Named studies that the clients of a port have open together. */
export const studiesOfPort = 512;

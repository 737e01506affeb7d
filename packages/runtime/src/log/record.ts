/**
 * A record of a log, one line: `crc32 length sequence json`. The checksum is eight hexadecimal digits and covers the rest of the line, its
 * end included. `length` counts the bytes of the JSON text. `sequence` counts the records from 0. JSON text has no line end in it, so a
 * record can be told from the text inside another one.
 */
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { type Json, limits } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";

/** The most bytes of a record, its line end included. */
export const recordBytes: number = limits.lineBytes;

export const lineEnd = 0x0a;
const space = 0x20;
const crcDigits = 8;

/** The line of a value. */
export function encodeRecord(sequence: number, value: Json): Buffer {
  const text = stringifyWire(value);
  const rest = Buffer.from(` ${Buffer.byteLength(text)} ${sequence} ${text}\n`);
  return Buffer.concat([Buffer.from(hex(crc32(rest.subarray(1)))), rest]);
}

/** The sequence and the JSON text of a line. */
export type DecodedRecord = { readonly sequence: number; readonly text: Buffer };

/** null for a line that is no whole record. @param line with its line end. */
export function decodeRecord(line: Buffer): DecodedRecord | null {
  if (line.at(-1) !== lineEnd || line[crcDigits] !== space) return null;
  const lengthEnd = line.indexOf(space, crcDigits + 1);
  const sequenceEnd = lengthEnd < 0 ? -1 : line.indexOf(space, lengthEnd + 1);
  if (sequenceEnd < 0) return null;
  const length = count(line.subarray(crcDigits + 1, lengthEnd));
  const sequence = count(line.subarray(lengthEnd + 1, sequenceEnd));
  const text = line.subarray(sequenceEnd + 1, -1);
  if (sequence === null || length !== text.length) return null;
  if (hex(crc32(line.subarray(crcDigits + 1))) !== line.toString("latin1", 0, crcDigits)) return null;
  return { sequence, text };
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(crcDigits, "0");
}

/** A number as `encodeRecord` writes it; null for anything else. */
function count(digits: Buffer): number | null {
  const text = digits.toString("latin1");
  const value = Number(text);
  return Number.isSafeInteger(value) && String(value) === text ? value : null;
}

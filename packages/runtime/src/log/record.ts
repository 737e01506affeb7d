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
export type DecodedRecord = { readonly sequence: number; readonly text: string };

/** null for a line that is no whole record. @param line with its line end. */
export function decodeRecord(line: Buffer): DecodedRecord | null {
  if (line[line.length - 1] !== lineEnd || line[crcDigits] !== space) return null;
  const lengthEnd = line.indexOf(space, crcDigits + 1);
  const sequenceEnd = lengthEnd < 0 ? -1 : line.indexOf(space, lengthEnd + 1);
  if (sequenceEnd < 0) return null;
  const length = count(line, crcDigits + 1, lengthEnd);
  const sequence = count(line, lengthEnd + 1, sequenceEnd);
  if (sequence < 0 || length !== line.length - sequenceEnd - 2) return null;
  if (crc32(line.subarray(crcDigits + 1)) !== checksumOf(line)) return null;
  return { sequence, text: line.toString("utf8", sequenceEnd + 1, line.length - 1) };
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(crcDigits, "0");
}

/** The number that the first eight bytes write as hexadecimal digits; -1 if they are not as `hex` writes them. */
function checksumOf(line: Buffer): number {
  let value = 0;
  for (let at = 0; at < crcDigits; at++) {
    const byte = line[at]!;
    const digit = byte >= 0x61 && byte <= 0x66 ? byte - 0x61 + 10 : byte - zero;
    if (digit < 0 || digit > 15 || (digit > 9 && byte < 0x61)) return -1;
    value = value * 16 + digit;
  }
  return value;
}

const zero = 0x30;

/** The number in these bytes, as `encodeRecord` writes it; -1 for anything else. */
function count(line: Buffer, from: number, to: number): number {
  if (from === to || to - from > 16 || (line[from] === zero && to - from > 1)) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = line[at]! - zero;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return Number.isSafeInteger(value) ? value : -1;
}

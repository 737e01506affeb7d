/**
 * Protocol buffers, as far as event files need them: a message is a list of fields, and a field is its number with a value
 * (protobuf.dev/programming-guides/encoding).
 */
import { utf8 } from "@caviar-hpo/core/text";

/** An encoded field. A message is the concatenation of its fields. */
export type Bytes = Uint8Array;

/** @param value a whole number from 0 to 2^53. */
export function varint(field: number, value: number): Bytes {
  return concat([tag(field, 0), varintBytes(value)]);
}

export function double(field: number, value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return concat([tag(field, 1), bytes]);
}

export function float(field: number, value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concat([tag(field, 5), bytes]);
}

export function bytes(field: number, value: Bytes): Bytes {
  return concat([tag(field, 2), varintBytes(value.length), value]);
}

export function text(field: number, value: string): Bytes {
  return bytes(field, Uint8Array.from(utf8(value)));
}

export function message(field: number, ...fields: readonly Bytes[]): Bytes {
  return bytes(field, concat(fields));
}

/** One entry of a map, whose values are messages. */
export function mapEntry(field: number, key: string, ...value: readonly Bytes[]): Bytes {
  return message(field, text(1, key), message(2, ...value));
}

export function concat(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function tag(field: number, wireType: number): Bytes {
  return varintBytes(field * 8 + wireType);
}

/** Seven bits a byte, the lowest first. The high bit says that more follow. */
function varintBytes(value: number): Bytes {
  const list: number[] = [];
  let rest = value;
  while (rest >= 128) {
    list.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...list, rest]);
}

import { expect, it } from "vitest";
import { decodeHexadecimal } from "./hexadecimal.ts";

const digits = "0123456789ABCDEF";

// RFC 4648, section 10.
it.each([
  ["", ""],
  ["66", "f"],
  ["666F", "fo"],
  ["666F6F", "foo"],
  ["666F6F62", "foob"],
  ["666F6F6261", "fooba"],
  ["666F6F626172", "foobar"],
])("%s is %s, as in the RFC's examples", (text, word) => {
  expect(String.fromCharCode(...decodeHexadecimal(text, digits))).toBe(word);
});

it.each([digits, "etnrioascl.,(){}"])("every byte is decoded from the digits %s", (digits) => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const text = [...bytes].map((byte) => digits[byte >> 4]! + digits[byte & 15]!).join("");
  expect(decodeHexadecimal(text, digits)).toEqual(bytes);
});

import { expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "./crc32c.ts";

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

test("the check value of CRC-32C, and the vectors of RFC 3720, appendix B.4", () => {
  expect(crc32c(ascii("123456789"))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => 31 - index))).toBe(0x113fdb5c);
});

test("a masked checksum is rotated by 15 bits, plus the constant of the format", () => {
  const crc = 0xe3069283;
  expect(maskedCrc32c(ascii("123456789"))).toBe(
    Number((BigInt(crc >>> 15) + ((BigInt(crc) << 17n) % 2n ** 32n) + 0xa282ead8n) % 2n ** 32n),
  );
});

/**
 * Bytes as text, with two digits per byte, as in base16 (RFC 4648, section 8). The text is longer than base64, but gzip makes it smaller:
 * each byte has the same two digits wherever it stands, so that gzip finds the sequences that repeat.
 */

/**
 * The bytes of a well-formed text.
 *
 * @param digits 16 different characters, for 0 to 15.
 */
export function decodeHexadecimal(text: string, digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = 16 * digits.indexOf(text[2 * at]!) + digits.indexOf(text[2 * at + 1]!);
  return bytes;
}

/** Base64 (RFC 4648, section 4) to bytes by hand, because not every engine has `atob` and none of the language does. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of a well-formed text; padding is skipped. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const length = text.indexOf("=") < 0 ? text.length : text.indexOf("=");
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let filled = 0;
  for (let i = 0, at = 0; i < length; i++) {
    bits = ((bits << 6) | ALPHABET.indexOf(text[i]!)) & 0xffff;
    filled += 6;
    if (filled >= 8) {
      filled -= 8;
      bytes[at++] = (bits >> filled) & 0xff;
    }
  }
  return bytes;
}

/** UTF-8 without `TextEncoder`, which a language-only library does not have. Lone surrogates become U+FFFD, as in the Encoding standard. */

export function utf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const scalar = character.codePointAt(0)!;
    const code = scalar >= 0xd800 && scalar <= 0xdfff ? 0xfffd : scalar;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

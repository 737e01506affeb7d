/**
 * Text from plans, names and data, made safe for a terminal: control characters, escapes, line ends and bidirectional marks become visible.
 */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** Text from plans, names and data as a terminal may see it: control characters, escapes and bidirectional marks become visible. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

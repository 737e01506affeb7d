/** JSON for programs that read the output of a command. It is safe on a terminal too: what could steer the terminal is escaped. */

/** One line. */
export function jsonLine(value: unknown): string {
  return `${escaped(JSON.stringify(value))}\n`;
}

/** Several lines, for people too. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).split("\n").map(escaped).join("\n")}\n`;
}

function escaped(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join(""),
  );
}

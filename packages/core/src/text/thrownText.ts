/** What was thrown, as text that a log can keep: one line, of bounded length, without control characters. */
import { limits } from "../contract/limits.ts";
import { cut, show } from "./show.ts";

/** The message of an error and of its cause; a text as it is; the members of another object. It throws nothing, whatever was thrown. */
export function thrownText(thrown: unknown): string {
  const text = oneLine(messageOf(thrown));
  try {
    const { cause } = Object(thrown) as Error;
    return cause === undefined ? text : oneLine(`${text}, because of ${messageOf(cause)}`);
  } catch {
    return text;
  }
}

function messageOf(thrown: unknown): string {
  try {
    if (typeof thrown === "string" && thrown !== "") return thrown;
    const { message, name } = Object(thrown) as { readonly message?: unknown; readonly name?: unknown };
    for (const text of [message, name]) if (typeof text === "string" && text !== "") return text;
    if (typeof thrown === "object") {
      const members = Object.entries(thrown!).slice(0, 9);
      if (members.length > 0) return members.map(([key, value]) => `${key}: ${typeof value === "string" ? value : show(value)}`).join(", ");
    }
  } catch {
    // A getter or a proxy may throw. It is shown as what it is.
  }
  return show(thrown);
}

/**
 * A text as one line of at most `limits.errorLength` UTF-16 units. White space, control characters, lone surrogates and marks that change
 * the direction of writing become single spaces; colours of a terminal are left out. A line stays as it is.
 */
export function oneLine(text: string): string {
  const most = limits.errorLength;
  const line = text
    .slice(0, 4 * most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of a terminal begin with a control character.
    .replace(/\u001b\[[\d;]*m/g, "")
    .replace(/[\s\p{Cc}\p{Cs}\p{Bidi_C}]+/gu, " ")
    .trim();
  return cut(line, most);
}

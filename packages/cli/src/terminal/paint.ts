/** Colours, on a terminal only. The variable NO_COLOR turns them off (https://no-color.org). */
import type { TerminalStream } from "@caviar-hpo/runtime/terminal";
import type { Terminal } from "./terminal.ts";

export type Paint = { readonly [colour in "red" | "green" | "bold"]: (text: string) => string };

/** @param stream the one on which the text is shown. */
export function paintFor(stream: TerminalStream, { env }: Pick<Terminal, "env">): Paint {
  const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const style =
    (on: number, off: number) =>
    (text: string): string =>
      coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { red: style(31, 39), green: style(32, 39), bold: style(1, 22) };
}

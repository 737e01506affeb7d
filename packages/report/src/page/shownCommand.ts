/** A command without the places of files on the machine where it ran: of an absolute path, only the last name stays. */

/** Words may be in quotes, and a path may follow `=`. */
export function shownCommand(command: string): string {
  return command.replace(/"[^"]*"|'[^']*'|[^\s"'=]+/g, (word) => {
    const quote = /^["']/.test(word) ? word[0]! : "";
    const path = quote === "" ? word : word.slice(1, -1);
    if (!/^(?:~|[A-Za-z]:)?[/\\]/.test(path)) return word;
    const name = path
      .split(/[/\\]/)
      .filter((part) => part !== "")
      .at(-1);
    return name === undefined ? word : `${quote}${name}${quote}`;
  });
}

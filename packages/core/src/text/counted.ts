/** A number and its noun, for messages. */

/** `1 trial`, `20 trials`. A noun whose plural has another end than -s needs it. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

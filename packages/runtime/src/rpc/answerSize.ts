/**
 * Whether the answer to `ask` can be written at all, as far as it can be known before jobs are handed out. Only notes and predictions of a
 * strategy, or very many milestones, make an answer longer than it says.
 */
import { LimitError, plainOf, type Space } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";
import { stringifyWire } from "@caviar-hpo/core/wire";

/** Room for a job's ids, fidelities and a few milestones. */
const jobLength = 512;
/** The longest doubles, such as -2.2250738585072014e-308, and the characters around a value. */
const numberLength = 26;

/**
 * @param room UTF-16 units of the answer.
 * @throws LimitError with the most that can be asked for at once.
 */
export function checkAnswerFits(space: Space, want: number, room: number): void {
  const most = Math.floor(room / longestJob(space));
  if (want <= most || want <= 1) return;
  throw new LimitError({
    code: "tooMany",
    what: "params.want",
    expected: `at most ${counted(most, "job")} of this problem in one answer`,
    got: `${want}`,
    remedy: "Ask for fewer jobs at once.",
  });
}

function longestJob(space: Space): number {
  return space.params.reduce((length, [name, param]) => {
    const plain = plainOf(param);
    const value = plain.kind === "choice" ? Math.max(...plain.options.map((option) => stringifyWire(option).length)) : numberLength;
    return length + stringifyWire(name).length + 2 + value;
  }, jobLength);
}

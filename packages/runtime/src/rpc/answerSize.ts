/** Whether the answer to `ask` can be written at all: to be known before jobs are handed out, since a refused request changes nothing. */
import { LimitError, limits, plainOf, type Space } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";

/** Room for a job's ids, fidelities and a few milestones. */
const jobLength = 512;
/** The longest doubles, such as -2.2250738585072014e-308, and the characters around a value. */
const numberLength = 26;

/** @throws LimitError with the most that can be asked for at once. */
export function checkAnswerFits(space: Space, want: number): void {
  const most = Math.floor(limits.lineBytes / longestJob(space));
  if (want <= most) return;
  throw new LimitError({
    code: "tooMany",
    what: "params.want",
    expected: `at most ${most} jobs of this problem in one answer`,
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

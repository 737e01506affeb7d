/**
 * Groups: variants of one function share a group, so that a sentence that counts problems counts `hartmann6`, its embedding in 100
 * dimensions and its learning curves once.
 */

/** The group of a problem by its id, such as `hartmann6` for `curves-crossing-hartmann6`, or `bbob-f8` for `bbob-f8-d5-i3`. */
export function groupOf(id: string): string {
  const fn = id.replace(/^(?:curves-[a-z]+|mf)-/, "");
  const [, bbob] = /^bbob-(?:mixint-)?(f\d+)-/.exec(fn) ?? [];
  if (bbob !== undefined) return `bbob-${bbob}`;
  return fn
    .replace(/(?:-c\d+-r\d+|(?:-in)?-d\d+|-n\d+|-mf|-augmented|-alt|-log)$/, "")
    .replace(/^(lcdb-.+)-split$/, "$1")
    .replace(/-narrow$/, "")
    .replace(/^(hartmann\d)-[a-z]+$/, "$1")
    .replace(/^(shekel)\d+(?:-sfu)?$/, "$1");
}

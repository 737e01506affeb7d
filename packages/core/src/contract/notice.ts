/**
 * Notices: what a user should know although nothing failed, such as an option that can have no effect. Libraries print nothing. They hand a
 * notice to the caller's `onNotice`, and the caller decides where it is shown. A notice changes no result and is stored in no log.
 */

/** Plain JSON. It reads *what: message. remedy*, like the message of an error. */
export type Notice = {
  /** A stable word for programs: "synchronousObjective", "tornRecord", … */
  readonly code: string;
  /** What the notice is about, for instance `objective`. */
  readonly what: string;
  /** What happens, or what has no effect, without a full stop. */
  readonly message: string;
  /** What to do about it: one or more whole sentences. */
  readonly remedy: string;
};

/** Gets a notice. */
export type OnNotice = (notice: Notice) => void;

/** The notice as one line of text. */
export function noticeText({ what, message, remedy }: Notice): string {
  return `${what}: ${message}. ${remedy}`;
}

/**
 * Makes a function that passes each notice on once, if `onNotice` is given. It drops a later notice with the same `code` about the same
 * `what`.
 */
export function onceEach(onNotice: OnNotice | undefined): OnNotice {
  const said = new Set<string>();
  return (notice) => {
    const key = JSON.stringify([notice.code, notice.what]);
    if (said.has(key)) return;
    said.add(key);
    onNotice?.(notice);
  };
}

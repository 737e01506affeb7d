/** The limits of what a worker may say. Beyond them its trial fails. */
export const limits: {
  /** UTF-16 units of a line: 1 MiB. */
  readonly lineUnits: number;
  /** Messages for one job. */
  readonly messages: number;
} = { lineUnits: 1024 * 1024, messages: 100_000 };

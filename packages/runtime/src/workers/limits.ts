/** The limits of what a worker may say. Beyond them its trial fails. */
export const limits: { readonly lineUnits: number; readonly messages: number } = {
  /** UTF-16 units of a line: 1 MiB. */
  lineUnits: 1024 * 1024,
  /** Messages for one job. */
  messages: 100_000,
};

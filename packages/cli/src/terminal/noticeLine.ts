import type { Notice } from "@caviar-hpo/core";
import { noticeText } from "@caviar-hpo/core/contract";
import { printable } from "./printable.ts";

/** A notice as the command line shows it: one line on standard error. */
export function noticeLine(notice: Notice): string {
  return `notice: ${printable(noticeText(notice))}\n`;
}

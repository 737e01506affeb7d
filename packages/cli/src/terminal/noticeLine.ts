import type { Notice } from "@caviar-hpo/core";
import { noticeText } from "@caviar-hpo/core/contract";
import { printable } from "@caviar-hpo/runtime/terminal";

/** The line on standard error in which the command line shows a notice. */
export function noticeLine(notice: Notice): string {
  return `notice: ${printable(noticeText(notice))}\n`;
}

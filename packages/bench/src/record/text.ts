/** The text in the bytes of a record. */
import { damaged, lineOf } from "./damage.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @throws JournalError that names the first line whose bytes are not UTF-8. @param bytes whole lines. */
export function textIn(path: string, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    let from = 0;
    for (let number = 1; ; number++) {
      const end = bytes.indexOf(0x0a, from) + 1;
      if (!isText(bytes.subarray(from, end))) return damaged(lineOf(path, number), "text in UTF-8", "other bytes");
      from = end;
    }
  }
}

function isText(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

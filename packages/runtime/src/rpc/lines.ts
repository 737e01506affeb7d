/**
 * Lines of UTF-8 out of a stream of bytes, however it was cut into chunks. Bytes are joined once a line is complete, so that a long line
 * costs no more than its length, and what is not UTF-8 is refused instead of read as something else.
 */
import { type CaviarError, LimitError, ProtocolError } from "@caviar-hpo/core";

/**
 * Ends at the last byte before a line feed; the last line needs none. A line longer than `mostBytes` is an error at once, and skipped to
 * its end.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<string | CaviarError> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    let from = 0;
    while (from < chunk.length) {
      const feed = chunk.indexOf(lineFeed, from);
      const part = chunk.subarray(from, feed < 0 ? chunk.length : feed);
      const fitted = length <= mostBytes;
      length += part.length;
      if (length <= mostBytes) parts.push(part);
      else parts = [];
      if (fitted && length > mostBytes) yield tooLong(mostBytes);
      if (feed < 0) break;
      if (length <= mostBytes) yield decode(parts);
      parts = [];
      length = 0;
      from = feed + 1;
    }
  }
  if (length > 0 && length <= mostBytes) yield decode(parts);
}

const lineFeed = 0x0a;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(parts: readonly Uint8Array[]): string | CaviarError {
  try {
    return utf8.decode(Buffer.concat(parts));
  } catch {
    return new ProtocolError({
      code: "notUtf8",
      what: "line",
      expected: "UTF-8",
      got: "bytes that are not UTF-8",
      remedy: "Encode messages in UTF-8, or escape all characters outside ASCII.",
    });
  }
}

function tooLong(mostBytes: number): CaviarError {
  return new LimitError({
    code: "tooLong",
    what: "line",
    expected: `at most ${mostBytes} bytes`,
    got: "more",
    remedy: "Send the data in parts.",
  });
}

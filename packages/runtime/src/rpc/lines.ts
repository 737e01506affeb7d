/**
 * Lines of UTF-8 out of a stream of bytes, however it was cut into chunks. Bytes become text as they come, so that a line that is too long
 * is known at once, in the unit of the limit, and what is not UTF-8 is refused instead of read as something else.
 */
import { type CaviarError, LimitError, ProtocolError } from "@caviar-hpo/core";

/**
 * Ends at the last byte before a line feed; the last line needs none. A line of more than `most` UTF-16 units, or of other bytes, is an
 * error at once, and skipped to its end.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<string | CaviarError> {
  let line = openText(most);
  let begun = false;
  for await (const chunk of input) {
    let from = 0;
    while (from < chunk.length) {
      const feed = chunk.indexOf(lineFeed, from);
      const fault = line.add(chunk.subarray(from, feed < 0 ? chunk.length : feed));
      begun = true;
      if (fault !== null) yield fault;
      if (feed < 0) break;
      const whole = line.end();
      if (whole !== null) yield whole;
      line = openText(most);
      begun = false;
      from = feed + 1;
    }
  }
  const rest = begun ? line.end() : null;
  if (rest !== null) yield rest;
}

const lineFeed = 0x0a;

/** A text of which bytes still come. */
export type OpenText = {
  /** The fault of the text, when it shows; null before and afterwards. */
  add(part: Uint8Array): CaviarError | null;
  /** The whole text; null where a fault was given. */
  end(): string | CaviarError | null;
};

/** @param most UTF-16 units. */
export function openText(most: number): OpenText {
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text: string | null = "";
  const grow = (part?: Uint8Array): CaviarError | null => {
    if (text === null) return null;
    try {
      text += utf8.decode(part, { stream: part !== undefined });
    } catch {
      text = null;
      return notUtf8();
    }
    if (text.length <= most) return null;
    text = null;
    return tooLong(most);
  };
  return { add: grow, end: () => grow() ?? text };
}

function notUtf8(): CaviarError {
  return new ProtocolError({
    code: "notUtf8",
    what: "line",
    expected: "UTF-8",
    got: "bytes that are not UTF-8",
    remedy: "Encode messages in UTF-8, or escape all characters outside ASCII.",
  });
}

function tooLong(most: number): CaviarError {
  return new LimitError({
    code: "tooLong",
    what: "line",
    expected: `at most ${most} UTF-16 units`,
    got: "more",
    remedy: "Send the data in parts.",
  });
}

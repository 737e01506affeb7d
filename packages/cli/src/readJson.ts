import { existsSync, readFileSync, statSync } from "node:fs";
import { CaviarError, ConfigError, type Json, limits } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { parseWire } from "@caviar-hpo/core/wire";
import { placeAt, placeText, repeatedKey } from "./jsonPlace.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const correct = "Correct the file.";

/**
 * Reads a file as strictly as a message: no key twice, no number beyond the doubles, limits for length and depth.
 *
 * @param what what the file holds, for the message.
 * @throws ConfigError for a file that is not there, is too long, or is not JSON.
 */
export function readJson(what: string, path: string): Json {
  return readJsonText(what, path).value;
}

/** As `readJson`, with the text of the file. */
export function readJsonText(what: string, path: string): { readonly text: string; readonly value: Json } {
  checkFile(what, path);
  const file = `${what} ${show(path)}`;
  // A UTF-16 unit takes up to three bytes.
  const { size } = statSync(path);
  if (size > 3 * limits.lineBytes) refuse("tooLong", file, `at most ${limits.lineBytes} characters`, `${size} bytes`, correct);
  const text = textOf(file, readFileSync(path));
  try {
    return { text, value: parseWire(text) };
  } catch (error) {
    if (!(error instanceof CaviarError)) throw error;
    const repeated = error.code === "repeatedKey" ? repeatedKey(text) : null;
    if (repeated !== null)
      return refuse(error.code, `${file}, ${placeText(repeated.place)}`, error.expected, `${show(repeated.key)} again`, correct);
    const offset = /^message at offset (\d+)$/.exec(error.what)?.[1];
    const place = offset === undefined ? error.what : placeText(placeAt(text, Number(offset)));
    return refuse(error.code, `${file}, ${place}`, error.expected, error.got, correct);
  }
}

/** @throws ConfigError if there is no such file, or a folder in its place. */
export function checkFile(what: string, path: string): void {
  if (!existsSync(path)) refuse("noFile", what, "a file that exists", show(path), "Correct the path.");
  if (statSync(path).isDirectory()) refuse("noFile", what, "a file", `${show(path)}, which is a folder`, "Name a file.");
}

function textOf(file: string, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return refuse("notUtf8", file, "UTF-8", "bytes that are not UTF-8", correct);
  }
}

function refuse(code: string, what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code, what, expected, got, remedy });
}

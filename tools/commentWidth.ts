/**
 * The formatter keeps code within the line width of biome.json, but leaves comments as they are: this finds the comment lines that are
 * wider.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "./workspace.ts";

/** The characters that a line may hold. */
export function lineWidth(): number {
  const { formatter } = JSON.parse(readFileSync(join(workspaceRoot, "biome.json"), "utf8"));
  return formatter.lineWidth;
}

/** The lines (counted from 1) that hold nothing but a comment and are wider than `width`. */
export function wideComments(text: string, width: number): readonly number[] {
  return text.split("\n").flatMap((line, at) => (line.length > width && /^\s*(?:\/\/|\/?\*)/.test(line) ? [at + 1] : []));
}

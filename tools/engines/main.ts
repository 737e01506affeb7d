/** What an engine runs: all lines of the pinned program, through the shell's `print` or the console. */
import { parts } from "./program.ts";

declare const print: ((line: string) => void) | undefined;
declare const document: object | undefined;

// In a page `print` would open the dialog of a printer.
const isShell = typeof document === "undefined" && typeof print === "function";
const write = isShell ? (line: string): void => print!(line) : (line: string): void => console.log(line);
for (const [name, linesOf] of Object.entries(parts)) for (const line of linesOf()) write(`${name}\t${line}`);

export { readCommandLine } from "../workers/commandLine.ts";
export { type Attendance, attended } from "./attended.ts";
export type { SignalSource } from "./interrupts.ts";
export { type LiveLine, liveLine, type TerminalStream } from "./liveLine.ts";
export { printable } from "./printable.ts";
export { type RunProgress, runProgress } from "./runProgress.ts";
export { barOf, durationText, numberText, type StudyCounts, studyProgress, studyText } from "./studyProgress.ts";

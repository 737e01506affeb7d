/** The exit codes of every command. docs/command-line.md explains them. */

export const exitCodes = {
  done: 0,
  /** It went wrong: no trial or run succeeded, or the disk or a program failed. */
  failed: 1,
  /** A mistake in the command line, or in a file or folder that it names. */
  misuse: 2,
  /** A study or a campaign is damaged, or does not verify. */
  damaged: 3,
  /** Another process has the study open, or runs the campaign. */
  busy: 4,
  /** Ctrl-C ended it early. */
  interrupted: 130,
  /** The signal SIGTERM ended it. */
  terminated: 143,
} as const;

/** What the exit codes mean, for the help. */
export const exitCodeText = `Exit codes: 0 done; 1 failed; 2 a mistake in the command line, or in a file that it names; 3 the study or campaign is damaged, or does not verify;
4 another process has the study open; 130 ended early by Ctrl-C; 143 ended by the signal SIGTERM.`;

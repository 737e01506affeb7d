/**
 * The guard: a small process that outlives this one, however this one ends, and then kills the process groups that are left. Without it,
 * `kill -9` of a study would leave its commands running. It needs a POSIX shell, so there is none on Windows.
 */
import { spawn } from "node:child_process";

export type Guard = {
  add(group: number): void;
  remove(group: number): void;
  close(): void;
};

/** Reads `+ GROUP` and `- GROUP`. At the end of its input it kills the groups that were not removed. */
const script = `groups=
while read -r verb group; do
  rest=
  for one in $groups; do [ "$one" = "$group" ] || rest="$rest $one"; done
  groups=$rest
  [ "$verb" = + ] && groups="$groups $group"
done
for one in $groups; do kill -KILL "-$one"; done`;

export function startGuard(): Guard {
  if (process.platform === "win32") return { add: () => {}, remove: () => {}, close: () => {} };
  const shell = spawn("/bin/sh", ["-c", script], { cwd: "/", env: {}, detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // A machine without /bin/sh has no guard.
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return {
    add: (group) => shell.stdin.write(`+ ${group}\n`),
    remove: (group) => shell.stdin.write(`- ${group}\n`),
    close: () => shell.stdin.end(),
  };
}

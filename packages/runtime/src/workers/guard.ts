/**
 * The guard: a small process that outlives this one, however this one ends, and then kills the process groups that are left. Without it,
 * `kill -9` of a study would leave its commands running. It needs a POSIX shell, so there is none on Windows.
 *
 * This process can also be killed between the start of a program and the message that names its group. The guard knows that a start was
 * coming, and finds the program by a variable in its environment, on systems that show the environment in /proc.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";

export type Guard = {
  /** Says that a process is going to be started. Returns what its environment must have. */
  expect(): { readonly [name: string]: string };
  /** The group of the expected process. */
  add(group: number): void;
  remove(group: number): void;
  close(): void;
};

const mark = "CAVIAR_GUARD";

/**
 * Reads `? TOKEN`, `+ GROUP` and `- GROUP`. At the end of its input it kills the groups that were not removed, and that of the
 * process that was expected last. A process that is just starting shows the environment of its parent, so the guard looks several times.
 */
const script = `groups=
token=
while read -r verb group; do
  token=
  [ "$verb" = "?" ] && token=$group && continue
  rest=
  for one in $groups; do [ "$one" = "$group" ] || rest="$rest $one"; done
  groups=$rest
  [ "$verb" = + ] && groups="$groups $group"
done
for one in $groups; do kill -KILL "-$one"; done
[ -n "$token" ] || exit
for try in 1 2 3 4 5 6 7 8 9 10; do
  for file in $(grep -ls "${mark}=$token" /proc/[0-9]*/environ); do
    set -- $(sed 's/.*) //' "\${file%environ}stat")
    kill -KILL "-$3" && found=1
  done
  [ -n "$found" ] && exit
  sleep 1
done`;

export function startGuard(): Guard {
  const nothing = (): void => {};
  if (process.platform === "win32") return { expect: () => ({}), add: nothing, remove: nothing, close: nothing };
  const shell = spawn("/bin/sh", ["-c", script], { cwd: "/", env: {}, detached: true, stdio: ["pipe", "ignore", "ignore"] });
  // A machine without /bin/sh has no guard.
  shell.on("error", nothing);
  shell.stdin.on("error", nothing);
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return {
    expect: () => {
      const token = randomBytes(16).toString("hex");
      shell.stdin.write(`? ${token}\n`);
      return { [mark]: token };
    },
    add: (group) => shell.stdin.write(`+ ${group}\n`),
    remove: (group) => shell.stdin.write(`- ${group}\n`),
    close: () => shell.stdin.end(),
  };
}

/**
 * A worker process that speaks the conversation badly: `node fakeWorker.mjs HOW FOLDER BEAT_MS`. It says that it is ready, and then answers
 * each job as HOW says.
 */
import { writeSync } from "node:fs";
import { Socket } from "node:net";

const [how] = process.argv.slice(2);
const say = (message) => writeSync(4, `${JSON.stringify(message)}\n`);
const control = new Socket({ fd: 3, readable: true, writable: true });
let past = null;

const answers = {
  repliesTwice: (token) => {
    say({ kind: "finished", token, result: 1 });
    say({ kind: "finished", token, result: 2 });
  },
  repliesForThePast: (token) => {
    if (past !== null) say({ kind: "finished", token: past, result: 2 });
    past = token;
    say({ kind: "finished", token, result: 1 });
  },
  forgetsTheToken: () => say({ kind: "finished", result: 1 }),
  savesNothing: (token) => say({ kind: "saved", token, fidelity: 1, file: 7 }),
  savesElsewhere: (token) => say({ kind: "saved", token, fidelity: 1, file: "../../etc/passwd" }),
};

control.on("data", (text) => {
  for (const line of String(text).split("\n")) {
    if (line === "") continue;
    const message = JSON.parse(line);
    if (message.kind === "run") answers[how]?.(message.token);
  }
});
control.on("close", () => process.exit(0));
if (how === "refuses") say({ kind: "ready", protocol: 2 });
else if (how === "endsAtOnce") process.exit(0);
else say({ kind: "ready", protocol: 1 });

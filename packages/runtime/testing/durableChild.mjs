/**
 * A process that works on a durable study, for tests that kill it. It runs the built package: `npm run build` makes it.
 *
 * `node durableChild.mjs FOLDER OPTIONS` opens the study and says `open`, or `refused CODE`. Then it obeys the lines of its input and
 * answers each with one line: `step` makes an event (`event N`, or `failed CODE`), `close` closes the study (`closed`).
 *
 * `node durableChild.mjs FOLDER OPTIONS TRIALS` optimises until the study has so many trials. It says `event` after each event that is
 * stored, and `done` at the end.
 */
import { createInterface } from "node:readline";
import { thisMachine } from "../dist/log/machine.js";
import { nodeDisk } from "../dist/log/nodeDisk.js";
import { openStudyOn } from "../dist/log/openStudy.js";

const [folder, options, trials] = process.argv.slice(2);
const { planted, ...settings } = JSON.parse(options);
const say = (line) => process.stdout.write(`${line}\n`);

/** A bug to be found: the last three appends to the log are kept in the memory of the process. */
const bufferedDisk = {
  ...nodeDisk,
  open: (path) => {
    const file = nodeDisk.open(path);
    const buffered = [];
    if (!path.endsWith("log")) return file;
    return {
      ...file,
      append: (bytes) => {
        buffered.push(Buffer.from(bytes));
        if (buffered.length > 3) file.append(buffered.shift());
        return bytes.length;
      },
      close: () => {
        for (const bytes of buffered.splice(0)) file.append(bytes);
        file.close();
      },
    };
  },
};

/**
 * Training that continues from its checkpoint.
 *
 * @param {import("@caviar-hpo/tune").Assignment<{ learningRate: number }, Uint8Array>} assignment
 */
async function train({ config, until, load, save, measure }) {
  const before = load();
  let { weight, epoch } = before === null ? { weight: 0, epoch: 0 } : JSON.parse(Buffer.from(before).toString());
  const loss = () => (weight - 1) ** 2;
  while (epoch < until) {
    await new Promise((resolve) => setImmediate(resolve));
    weight += config.learningRate * (1 - weight);
    epoch++;
    if (epoch < until && !measure(loss(), epoch)) return loss();
  }
  save(Buffer.from(JSON.stringify({ weight, epoch })));
  return loss();
}

try {
  const seams = { disk: planted === "buffered" ? bufferedDisk : nodeDisk, machine: thisMachine() };
  const study = await openStudyOn(seams, folder, { ...settings, ...(trials === undefined ? {} : { onEvent: () => say("event") }) });
  if (trials === undefined) {
    say("open");
    for await (const line of createInterface({ input: process.stdin })) {
      if (line === "close") {
        study.close();
        say("closed");
        break;
      }
      try {
        const [job] = study.core.history.running;
        if (job === undefined) study.ask();
        else study.tell(job.id, job.config.learningRate);
        say("event");
      } catch (error) {
        say(`failed ${error.code}`);
      }
    }
  } else {
    await study.optimize(train, { trials: Number(trials) });
    study.close();
    say("done");
  }
} catch (error) {
  say(`refused ${error.code ?? error.message}`);
}

/**
 * A process that works on a durable study, for tests that kill it. It runs the built package: `npm run build` makes it.
 *
 * `node durableChild.mjs FOLDER OPTIONS` opens the study and says `open`, or `refused CODE`. Then it obeys the lines of its input and
 * answers each with one line: `step` makes an event (`event N`, or `failed CODE`), `close` closes the study (`closed`).
 *
 * `node durableChild.mjs FOLDER OPTIONS TRIALS` optimises until the study has so many trials. It says `event` after each event that is
 * stored, and `done` at the end. Workers and annotations are in the log too. With a space `larger` among the options, it extends the study
 * to that space after half of the trials.
 */
import { createInterface } from "node:readline";
import { thisMachine } from "../dist/log/machine.js";
import { nodeDisk } from "../dist/log/nodeDisk.js";
import { openStudyOn, storedOf } from "../dist/log/openStudy.js";

const [folder, options, trials] = process.argv.slice(2);
const { planted, larger, ...settings } = JSON.parse(options);
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

/**
 * @param {Awaited<ReturnType<typeof openStudyOn>>} study
 * @param {number} count
 */
async function optimise(study, count) {
  const run = (assignment) => {
    const { id } = study.core.history.running.find(({ trial }) => trial === assignment.trial);
    storedOf(study).assign(id, `process ${process.pid}`, 1);
    return train(assignment);
  };
  await study.optimize(run, { trials: count, onTrial: ({ id, status }) => study.annotate(id, { status }) });
  study.close();
}

/** Optimises the first half of the trials, unless the study is extended already. */
async function optimiseSmaller(open) {
  try {
    await optimise(await open(settings), Math.floor(Number(trials) / 2));
  } catch (error) {
    if (error.code !== "otherStudy") throw error;
  }
}

try {
  const seams = { disk: planted === "buffered" ? bufferedDisk : nodeDisk, machine: thisMachine() };
  const onEvent = trials === undefined ? () => {} : () => say("event");
  const open = (more) => openStudyOn(seams, folder, { ...more, onEvent });
  if (trials === undefined) {
    const study = await open(settings);
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
    if (larger !== undefined) await optimiseSmaller(open);
    await optimise(await open(larger === undefined ? settings : { ...settings, space: larger, extend: true }), Number(trials));
    say("done");
  }
} catch (error) {
  say(`refused ${error.code ?? error.message}`);
}

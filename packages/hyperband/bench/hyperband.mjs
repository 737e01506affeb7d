/**
 * What schedulers cost: a study of a million jobs on 500 simulated workers, at a tenth of it, and at the whole of it, so that growth can be
 * seen; then the same without a study, to tell the scheduler's own part. `npm run bench:hyperband` builds first. Processor seconds,
 * of one run, the collector's threads included.
 *
 * Arguments: jobs (1000000), workers (500), and the names of schedulers (all).
 */
import { cpus, loadavg } from "node:os";
import { compose, startStudy } from "@caviar-hpo/core";
import { asha, asynchronousHyperband, hyperband, medianRule, successiveHalving } from "../dist/index.js";
import { problem, uniform } from "./search.mjs";

const jobs = Number(process.argv[2] ?? 1_000_000);
const workers = Number(process.argv[3] ?? 500);
const names = process.argv.slice(4);

const schedulers = {
  asha: () => asha(),
  ashaStopping: () => asha({ variant: "stopping" }),
  asynchronousHyperband: () => asynchronousHyperband(),
  successiveHalving: () => successiveHalving({ overlap: true }),
  hyperband: () => hyperband({ overlap: true }),
  medianRule: () => medianRule(),
};

/** A value that more fidelity makes clearer, and a duration around the resource spent. */
const loss = (config, fidelity, noise) => config.decay + noise / fidelity;

/** Workers as a ring: the longest at work reports next, with a little disorder, which costs nothing to simulate. */
function run(create, count) {
  const study = startStudy({ problem, strategy: compose(create(), uniform), seed: 1 });
  const busy = [];
  let then = "more";
  let reports = 0;
  let turn = 0;
  const start = process.cpuUsage();
  while (reports < count) {
    while (busy.length < workers && then === "more") {
      const asked = study.ask({ want: workers - busy.length });
      then = asked.then;
      for (const job of asked.jobs) busy.push({ job, next: 0 });
    }
    turn = (turn * 1103515245 + 12345) % 2147483648;
    const place = turn % busy.length;
    const { job, next } = busy[place];
    const fidelity = job.milestones[next];
    const heard = study.tell(job.id, { fidelity, values: [loss(job.config, fidelity, (turn % 1000) / 1000)] });
    reports++;
    if (fidelity === job.until || heard.directives.some((directive) => directive.kind === "stop")) {
      busy[place] = busy.at(-1);
      busy.pop();
      if (then === "wait") then = "more";
    } else busy[place].next++;
  }
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  return { seconds, trials: study.history.trials.length, heap: process.memoryUsage().heapUsed, state: study.state };
}

const print = (line) => process.stdout.write(`${line}\n`);
print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);
print(`${jobs} reports, ${workers} workers`);
for (const [name, create] of Object.entries(schedulers)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const tenth = run(create, jobs / 10);
  const whole = run(create, jobs);
  const each = (one, count) => `${((one.seconds / count) * 1e6).toFixed(2)} us`;
  print(
    `${name}: ${whole.seconds.toFixed(1)} s, ${each(whole, jobs)} a report (${each(tenth, jobs / 10)} at a tenth), ` +
      `${whole.trials} trials, ${(whole.heap / 1e6).toFixed(0)} MB`,
  );
}

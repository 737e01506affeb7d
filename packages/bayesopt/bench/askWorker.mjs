/**
 * The child process of ask.mjs: one contender on one case, alone in its process, so that its CPU and its memory are its own.
 *
 * The study is given `trials` finished trials: half of them Sobol points, half scattered around the minimiser at scales from 0.2 to 3e-4 of
 * the box, as a search that has been converging leaves them, so that the covariance matrix is as badly conditioned as it gets in earnest.
 */
import { decode, derive, encode, root, stream } from "@caviar-hpo/core";
import { asProblem, instance, testFunction, toPoint } from "@caviar-hpo/objectives";
import { sobol } from "@caviar-hpo/samplers/sequences";
import { openContender } from "./contenders.mjs";

process.on("message", (message) => void answer(message));
process.on("disconnect", () => process.exit());

async function answer({ contender, dimensions, trials, asks, cpuSeconds = Infinity }) {
  try {
    // A study of a hundred trials has asked about as often: code that runs for the first time is not what is measured.
    await measure(contender, dimensions, 40, { asks: 60, cpuSeconds: cpuSeconds / 4 });
    process.send({ result: await measure(contender, dimensions, trials, { asks, cpuSeconds }) });
  } catch (error) {
    process.send({ result: { error: error instanceof Error ? error.message : String(error) } });
  }
}

/** The CPU milliseconds of each of consecutive asks with their tells, after one that is not counted. */
async function measure(contender, dimensions, trials, { asks, cpuSeconds }) {
  const key = derive(root("bench:ask"), dimensions, trials);
  const sphere = instance(testFunction(`sphere-d${dimensions}`), derive(key, "instance"));
  const problem = asProblem(sphere);
  const study = await openContender(contender, problem, 1);
  for (const config of history(problem.space, sphere, trials, key)) await study.observe(config, sphere.evaluate(toPoint(sphere, config)));
  const costs = [];
  let spent = 0;
  for (let trial = 0; trial <= asks && (costs.length < 3 || spent < 1000 * cpuSeconds); trial++) {
    const { job, milliseconds } = await study.ask();
    const told = await study.tell(job.id, sphere.evaluate(toPoint(sphere, job.config)));
    if (trial > 0) costs.push(milliseconds + told);
    spent += milliseconds + told;
  }
  return { costs, version: study.version, maxResidentMegabytes: process.resourceUsage().maxRSS / 1024 };
}

function history(space, sphere, count, key) {
  const draws = stream(derive(key, "history"));
  const best = encode(space, Object.fromEntries(sphere.minimisers[0].map((place, k) => [`x${k + 1}`, place])));
  const half = Math.ceil(count / 2);
  const spread = sobol(space.dims, derive(key, "sobol"));
  return Array.from({ length: count }, (_, n) => {
    if (n < half) return decode(space, spread.at(n, new Float64Array(space.dims)));
    const scale = 0.2 * (3e-4 / 0.2) ** draws.uniform();
    return decode(
      space,
      best.map((place) => Math.min(1, Math.max(0, place + scale * draws.normal()))),
    );
  });
}

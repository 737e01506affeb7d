/** Draws campaigns and counts the claims about them: one thread of claims.mjs. */
import { parentPort } from "node:worker_threads";
import { complete, compose, derive, root, startStudy, stream } from "../../core/dist/index.js";
import { asProblem, testFunction, toPoint } from "../../objectives/dist/index.js";
import { randomSampler } from "../../samplers/dist/index.js";
import { aheadOf, standing } from "../dist/analysis/standing.js";
import { rankingTable } from "../dist/rankingTable.js";
import { distributions, drawScores } from "./draws.mjs";

const kinds = Object.keys(distributions);

parentPort.on("message", ({ index, task }) => {
  parentPort.postMessage({
    index,
    result: task.campaigns.map((campaign) => (task.truth === "random search" ? searched(task, campaign) : drawn(task, campaign))),
  });
});

/** The campaigns of a row take the distributions in turn. */
function drawn({ strategies, problems, seeds, truth, root: text }, campaign) {
  const key = derive(root(text), strategies, problems, seeds, truth, campaign);
  const distribution = kinds[campaign % kinds.length];
  const good = (strategy) => truth === "two good" && strategy < 2;
  const shifts = Array.from({ length: strategies }, (_, strategy) => (good(strategy) ? -1.5 : 0));
  const scores = drawScores(stream(derive(key, "scores")), { problems, seeds, shifts, distribution });
  const found = standing(scores, strategies - 1, derive(key, "flips"));
  const ahead = aheadOf(found);
  const falseClaims = ahead.filter((strategy) => good(strategy) === good(found.leader)).length;
  const possible = truth === "two good" && good(found.leader) ? strategies - 2 : 0;
  return { distribution, falseClaims, trueClaims: ahead.length - falseClaims, possible };
}

/** Equal random searches on Branin, judged by the sentences of the report. */
function searched({ strategies, seeds, root: text }, campaign) {
  const key = derive(root(text), "random search", campaign);
  const { findings } = rankingTable(searchResults(key, strategies, seeds));
  return {
    distribution: "none",
    falseClaims: findings.some((finding) => finding.startsWith("It is ahead of")) ? 1 : 0,
    trueClaims: 0,
    possible: 0,
  };
}

const budget = 20;
const branin = testFunction("branin");

function searchResults(key, strategies, seeds) {
  const labels = Array.from({ length: strategies }, (_, index) => (index === 0 ? "random" : `random ${index + 1}`));
  const seedList = Array.from({ length: seeds }, (_, index) => index + 1);
  const hash = Array.from(derive(key, "hash"), (word) => (word >>> 0).toString(16).padStart(8, "0"))
    .join("")
    .padEnd(64, "0")
    .slice(0, 64);
  return {
    name: "equal",
    title: "Equal strategies",
    question: "Is any ahead?",
    planHash: hash,
    dataHash: hash,
    command: "npm run bench:claims",
    initialPoints: 0,
    noise: "none",
    strategies: labels.map((label) => ({ label, name: "random", version: 1, options: {}, evaluationsPerStep: 1 })),
    problems: [
      {
        id: "branin",
        title: "Branin",
        dimensions: 2,
        optimum: branin.optimum.value,
        tolerance: branin.optimum.tolerance,
        tags: [],
        source: "",
        budget,
      },
    ],
    seeds: seedList,
    runs: labels.flatMap((strategy) =>
      seedList.map((seed) => ({ problem: "branin", strategy, seed, values: search(derive(key, strategy, seed)) })),
    ),
  };
}

const problem = asProblem(branin);

/** The values of a study of random search. */
function search(key) {
  const study = startStudy({ problem, strategy: compose(complete, randomSampler()), seed: key.join(" ") });
  return Array.from({ length: budget }, () => {
    const [job] = study.ask({ want: 1 }).jobs;
    const value = branin.evaluate(toPoint(branin, job.config));
    study.tell(job.id, { values: [value] });
    return value;
  });
}

/** The tables of docs/optimiser.md with a campaign at several numbers of trials, from the results of checkpoints.mjs. */

const head = ["strategy", "trials", "mean rank", "mean regret", "median [quartiles]"];

export function checkpointsTable({ reference, checkpoints }) {
  const titles = [...head, `\`${reference}\` better, worse`, "p"];
  const rows = checkpoints.flatMap(({ trials, strategies }) => strategies.map((one) => cellsOf(one, trials, reference)));
  const [first, ...rest] = [titles, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [first, `|${titles.map(() => "---|").join("")}`, ...rest].join("\n");
}

function cellsOf({ strategy, meanRank, meanRegret, median, lower, upper, better, worse, p }, trials, reference) {
  const start = [`\`${strategy}\``, trials, meanRank.toFixed(2), meanRegret.toFixed(4)];
  const quartiles = `${median.toFixed(4)} [${lower.toFixed(4)}, ${upper.toFixed(4)}]`;
  return [...start, quartiles, ...(strategy === reference ? ["", ""] : [`${better}, ${worse}`, show(p)])];
}

const show = (p) => (p < 0.0001 ? "< 0.0001" : String(Number(p.toPrecision(2))));

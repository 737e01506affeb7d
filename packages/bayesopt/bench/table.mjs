/** The printed tables: one row a problem, checkpoint and contender. */
import { mean, quantile } from "./statistics.mjs";

/** Regrets of `records` after `at` trials; a run that was done earlier (a finite space) keeps its last one. */
export function regretsAt(entry, records, at) {
  return records.map((record) => (entry.recommended ? record.recommended[at] : record.regrets[Math.min(at, record.regrets.length) - 1]));
}

export function printTable(print, entries, records, contenders) {
  const width = Math.max(7, ...entries.map(({ title }) => title.length));
  const naming = contenders.length > 1;
  const label = Math.max(9, ...contenders.map((one) => one.label.length));
  const who = (name) => (naming ? `${name.padEnd(label)}  ` : "");
  print(
    `${"problem".padEnd(width)}    @  ${who("contender")}    target        median   [quartiles]            seeds   CPU ms a trial: mean  last 5   best known default`,
  );
  let failed = 0;
  const verdicts = [];
  const judge = (holds) => {
    verdicts.push(holds);
    return holds ? "pass" : "FAIL";
  };
  for (const entry of entries) {
    for (const { at, target, known } of entry.checkpoints) {
      for (const contender of contenders) {
        const own = ended(records, entry, contender);
        failed += at === entry.checkpoints[0].at ? ofEntry(records, entry, contender).length - own.length : 0;
        if (own.length === 0) continue;
        const regrets = regretsAt(entry, own, at);
        const median = quantile(regrets, 0.5);
        const verdict = target === null ? "" : judge(median <= target);
        const spread = `[${short(quantile(regrets, 0.25))}, ${short(quantile(regrets, 0.75))}]`;
        const asks = own.map((record) => record.asks.slice(0, at));
        const costs = `${short(mean(asks.map(mean)))} ${short(mean(asks.map((list) => mean(list.slice(-5)))))}`;
        print(
          `${entry.title.padEnd(width)}  ${String(at).padStart(3)}  ${who(contender.label)}${(target === null ? "" : `<= ${target}`).padStart(10)} ${verdict.padEnd(4)} ${short(median)}   ${spread.padEnd(22)} ${String(own.length).padStart(5)}             ${costs}   ${known === null ? "" : short(known)}`,
        );
        if (entry.basin?.budget === at) {
          const share = regrets.filter((regret) => regret < entry.basin.below).length / regrets.length;
          print(
            `${"".padEnd(width)}       ${who(contender.label)}${`>= ${entry.basin.share * 100} %`.padStart(10)} ${judge(share >= entry.basin.share)} ${`${(share * 100).toFixed(0)} %`.padStart(8)}   ${entry.basin.name}`,
          );
        }
      }
    }
  }
  if (verdicts.length > 0) print(`\n${verdicts.filter((holds) => holds).length} of ${verdicts.length} targets met`);
  return failed;
}

/** Means over problems of the mean log10 of normalised regret, by group: how many decades below a random point's regret. */
export function printGroups(print, entries, records, contenders) {
  print("\nmean log10 of regret / median regret of random points (lower is better; floored at -9), by group");
  const groups = [...new Set(entries.map(({ group }) => group))];
  for (const contender of contenders) {
    for (const group of groups) {
      const within = entries.filter((entry) => entry.group === group && ended(records, entry, contender).length > 0);
      if (within.length === 0) continue;
      const scores = within.map((entry) => {
        const own = ended(records, entry, contender);
        const at = entry.checkpoints.at(-1).at;
        return mean(regretsAt(entry, own, at).map((regret, n) => Math.max(-9, Math.log10(Math.max(0, regret) / own[n].unit))));
      });
      print(`  ${contender.label.padEnd(24)} ${group.padEnd(24)} ${mean(scores).toFixed(3).padStart(8)}   ${within.length} problems`);
    }
  }
}

/** Ax's score: 100 (baseline - best) / (baseline - optimum), means over seeds. */
export function printScores(print, entries, records, contenders, optima) {
  print("\nAx registry score: 100 (baseline - best) / (baseline - optimum), mean over seeds");
  for (const contender of contenders) {
    const scores = entries.flatMap((entry) => {
      const own = ended(records, entry, contender);
      if (own.length === 0) return [];
      const span = entry.baseline - optima[entry.id];
      const score = mean(regretsAt(entry, own, entry.budget).map((regret) => (100 * (span - regret)) / span));
      print(`  ${contender.label.padEnd(24)} ${entry.title.padEnd(16)} ${score.toFixed(2).padStart(8)}`);
      return [score];
    });
    if (scores.length > 0) print(`  ${contender.label.padEnd(24)} ${"mean".padEnd(16)} ${mean(scores).toFixed(2).padStart(8)}`);
  }
}

const ofEntry = (records, entry, { label }) => records.filter((record) => record.problem === entry.id && record.contender === label);
const ended = (records, entry, contender) => ofEntry(records, entry, contender).filter((record) => record.error === undefined);

export function short(value) {
  const magnitude = Math.abs(value);
  const text = magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e5) ? value.toExponential(1) : value.toPrecision(3);
  return text.padStart(8);
}

/**
 * Compares two results on the same problems and seeds, pair by pair: the geometric mean over seeds of regret B / regret A (below 1, B is
 * better) with a bootstrap interval, and the sign test on who was lower. Regrets are floored at 1e-9 of the median regret of random
 * points, so that digits below any use decide nothing.
 */
import { bootstrapOfMeans, mean, signTest } from "./statistics.mjs";
import { regretsAt, short } from "./table.mjs";

export function printComparison(print, entries, a, b) {
  const width = Math.max(8, ...entries.map(({ title }) => title.length));
  print(`A: ${a.name}\nB: ${b.name}\n`);
  print(`${"problem".padEnd(width)}    @   B / A   [95 % interval]       B lower  A lower  ties   sign test p`);
  const last = [];
  const groups = new Map();
  const tally = { wins: 0, losses: 0, ties: 0 };
  for (const entry of entries) {
    const pairs = paired(entry, a.records, b.records);
    if (pairs.length === 0) continue;
    for (const { at } of entry.checkpoints) {
      const before = regretsAt(
        entry,
        pairs.map(([one]) => one),
        at,
      );
      const after = regretsAt(
        entry,
        pairs.map(([, two]) => two),
        at,
      );
      const logs = pairs.map(([one], n) => {
        const floor = 1e-9 * one.unit;
        return Math.log(Math.max(after[n], floor) / Math.max(before[n], floor));
      });
      const counts = count(logs);
      line(entry.title, at, [logs], counts);
      if (at !== entry.checkpoints.at(-1).at) continue;
      last.push(logs);
      if (entry.group !== undefined) groups.set(entry.group, [...(groups.get(entry.group) ?? []), logs]);
      for (const key of Object.keys(tally)) tally[key] += counts[key];
    }
  }
  if (last.length === 0) throw new Error("The two results share no problem and seed.");
  print("");
  for (const [group, lists] of groups) line(group, "", lists, count(lists.flat()));
  line("all", "", last, tally);
  const cost = (records) => mean(records.filter(({ error }) => error === undefined).map(({ asks }) => mean(asks)));
  print(
    `\nCPU ms a trial: A ${short(cost(a.records))}, B ${short(cost(b.records))}, B / A ${(cost(b.records) / cost(a.records)).toFixed(2)}`,
  );
  for (const [name, { records }] of Object.entries({ A: a, B: b })) {
    const failed = records.filter(({ error }) => error !== undefined).length;
    if (failed > 0) print(`${name}: ${failed} runs failed and were left out`);
  }

  function line(title, at, lists, { wins, losses, ties }) {
    const { mean: centre, low, high } = bootstrapOfMeans(lists);
    const interval = `[${Math.exp(low).toPrecision(3)}, ${Math.exp(high).toPrecision(3)}]`;
    const mark = high < 0 ? " B" : low > 0 ? " A" : "";
    print(
      `${title.padEnd(width)}  ${String(at).padStart(3)} ${Math.exp(centre).toPrecision(3).padStart(8)}  ${interval.padEnd(20)} ${String(wins).padStart(8)} ${String(losses).padStart(8)} ${String(ties).padStart(5)}   ${signTest(wins, losses).toPrecision(2).padStart(8)}${mark}`,
    );
  }
}

function paired(entry, a, b) {
  const ended = (records) => records.filter((record) => record.problem === entry.id && record.error === undefined);
  const bySeed = new Map(ended(b).map((record) => [record.seed, record]));
  return ended(a).flatMap((record) => (bySeed.has(record.seed) ? [[record, bySeed.get(record.seed)]] : []));
}

function count(logs) {
  return {
    wins: logs.filter((log) => log < 0).length,
    losses: logs.filter((log) => log > 0).length,
    ties: logs.filter((log) => log === 0).length,
  };
}

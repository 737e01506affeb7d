/** The tables of docs/auto.md with how far a strategy is behind the single engines, from the results of engines.mjs. */

export function enginesTable({ judged, engines }) {
  const head = [
    "engine",
    "anchored regret",
    `factor of \`${judged}\``,
    "with the floor 10⁻³",
    `\`${judged}\` behind, in % of a random point`,
  ];
  const rows = engines.map(({ strategy, anchoredRegret, factor, factorAbove1e3, percentBehind }) => [
    `\`${strategy}\``,
    ...[anchoredRegret, factor, factorAbove1e3, percentBehind].map(cell),
  ]);
  const [first, ...rest] = [head, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [first, "|---|---|---|---|---|", ...rest].join("\n");
}

function cell(estimate) {
  if (estimate === undefined) return "";
  const { value, low, high } = estimate;
  return low === null ? show(value) : `${show(value)} [${show(low)}, ${show(high)}]`;
}

function show(value) {
  const plain = value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 1000);
  return (plain ? String(Number(value.toPrecision(2))) : value.toExponential(1).replace("e-", "e−")).replace(/^-/, "−");
}

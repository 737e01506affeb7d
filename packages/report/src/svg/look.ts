/**
 * How lines look: each has a colour, a line style and a marker, so that no reader depends on colour alone. The hues are those of Okabe and
 * Ito (2008), darker for thin lines on white and lighter for dark pages. A strategy has the same look in every report (`strategyLooks`).
 */

export type Look = { readonly color: string; readonly dashes: string; readonly marker: number };

const colors = 8;
const dashes = ["none", "7 3", "2 2.5", "9 3 2 3", "4 2"];

/** One look per line, in their order. The first eight differ in colour, the first forty in colour or line. */
export function looks(count: number): readonly Look[] {
  return Array.from({ length: count }, (_, place) => lookAt(place));
}

function lookAt(place: number): Look {
  return {
    color: `series-${place % colors}`,
    dashes: dashes[(place + Math.floor(place / colors)) % dashes.length]!,
    marker: 1 + (place % 7),
  };
}

const referenceLook: Look = { color: "series-reference", dashes: "5 3", marker: 0 };

/**
 * Places of labels and of names of strategies. Those that are often compared differ in colour. Variants of one algorithm share it.
 */
const knownPlaces: ReadonlyMap<string, number> = new Map(
  [
    ["bayesopt", "tpe", "differentialEvolution", "sobol", "random x2", "cmaEs", "coarseToFine", "latinHypercube"],
    ["populationBased", "medianRule", "hyperband", "asha", "pasha", "successiveHalving", "bohb", "dehb"],
    ["auto", "smac", "botorch", "optuna-gp", "optuna-tpe", "hebo", "ax", "pycma"],
    ["halton", "rSequence", "grid", "optuna-gp-deterministic", "optuna-tpe-group", "caviar", "panda", "cmaes"],
  ]
    .flat()
    .map((name, place) => [name, place]),
);

const places = colors * dashes.length;

/**
 * The look of each strategy. It depends on the label, or on the name if the label is not known, and on nothing else, unless two strategies
 * of a campaign would look the same. `random` is always grey.
 */
export function strategyLooks(strategies: readonly { readonly label: string; readonly name: string }[]): readonly Look[] {
  const found: (number | "grey" | undefined)[] = strategies.map(({ label }) => (label === "random" ? "grey" : knownPlaces.get(label)));
  const taken = new Set(found);
  const take = (index: number, place: number): void => {
    found[index] = place;
    taken.add(place);
  };
  strategies.forEach(({ name }, index) => {
    const place = knownPlaces.get(name);
    if (found[index] === undefined && place !== undefined && !taken.has(place)) take(index, place);
  });
  strategies.forEach(({ label }, index) => {
    if (found[index] !== undefined) return;
    const start = hashOf(label) % places;
    const free = Array.from({ length: places }, (_, step) => (start + step) % places).find((place) => !taken.has(place));
    take(index, free ?? start);
  });
  return found.map((place) => (typeof place === "number" ? lookAt(place) : referenceLook));
}

/** FNV-1a over the UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** The style of figures, in a separate SVG file and inside a page. */
export const figureStyle: string = `
.figure { --paper: #ffffff; --ink: #1d2733; --soft: #5b6875; --grid: #e3e8ed; --axis: #9aa6b2; --wash: #f3f6f8; --context: #c5ced6;
  --c-reference: #6b7680; --c0: #0067a5; --c1: #c8501a; --c2: #00805c; --c3: #a34484; --c4: #b07a00; --c5: #2f9bd0; --c6: #6b4ba1; --c7: #7a4b2a;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
@media (prefers-color-scheme: dark) { .figure { --paper: #11161c; --ink: #e4e9ee; --soft: #9eabb8; --grid: #26303a; --axis: #566370; --wash: #171e26; --context: #3f4b57;
  --c-reference: #9aa6b2; --c0: #5fb4ea; --c1: #ff8f5c; --c2: #37c79b; --c3: #e290c5; --c4: #e8b33c; --c5: #9bdcff; --c6: #b79cf0; --c7: #cf9a72; } }
@media print { .figure { --paper: #ffffff; --ink: #000000; --soft: #444444; --grid: #dddddd; --axis: #888888; --wash: #f4f4f4; --context: #c5ced6;
  --c-reference: #6b7680; --c0: #0067a5; --c1: #c8501a; --c2: #00805c; --c3: #a34484; --c4: #b07a00; --c5: #2f9bd0; --c6: #6b4ba1; --c7: #7a4b2a; } }
.figure text { fill: var(--ink); font-size: 12px; unicode-bidi: isolate; }
.figure .soft { fill: var(--soft); font-size: 11px; }
.figure .small { font-size: 10.5px; }
.figure .strong { font-weight: 600; }
.figure .own { fill: currentColor; }
.figure .numbers { font-variant-numeric: tabular-nums; }
.figure .end { text-anchor: end; }
.figure .middle { text-anchor: middle; }
.figure .paper { fill: var(--paper); }
.figure .wash { fill: var(--wash); }
.figure .grid { stroke: var(--grid); stroke-width: 1; }
.figure .axis { stroke: var(--axis); stroke-width: 1; }
.figure .guide { stroke: var(--axis); stroke-width: 1; stroke-dasharray: 3 3; }
.figure .leader { stroke: currentColor; stroke-width: 0.75; opacity: 0.5; }
.figure .context { fill: none; stroke: var(--context); stroke-width: 1; }
.figure .curve { fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linejoin: round; }
.figure .band { fill: currentColor; opacity: 0.18; }
.figure .bar { fill: currentColor; opacity: 0.6; }
.figure .thin-band { fill: currentColor; opacity: 0.1; }
.figure .whisker { stroke: currentColor; stroke-width: 2.25; stroke-linecap: round; }
.figure .dot { fill: currentColor; stroke: var(--paper); stroke-width: 0.75; }
.figure .faint { opacity: 0.55; }
.figure .soft-points { color: var(--axis); }
.figure .thin-curves .curve { stroke-width: 1; opacity: 0.7; }
.figure .trial-line { fill: none; stroke: currentColor; stroke-width: 1; stroke-linejoin: round; }
.figure .soft-line { color: var(--context); opacity: 0.8; }
.figure .good-line { opacity: 0.5; }
.figure .best-line { stroke-width: 1.75; }
.figure .faded { opacity: 0.07; }
.figure .handle { fill: transparent; cursor: ns-resize; touch-action: none; }
.figure .range { fill: currentColor; opacity: 0.22; pointer-events: none; }
.figure .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.figure .crisp { shape-rendering: crispEdges; }
.series-reference { color: var(--c-reference); }
${Array.from({ length: colors }, (_, index) => `.series-${index} { color: var(--c${index}); }`).join("\n")}
`.trim();

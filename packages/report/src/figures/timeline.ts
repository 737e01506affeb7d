/**
 * How far each strategy trained its trials, over the resource of one run. A line is a training: it rises from the fidelity that its trial
 * had to the one that it reached. A promotion continues a trial that has waited at a rung. Strategies that train every trial in full are
 * left out: their lines would all be the same.
 */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import { listed, named, type Phrase } from "../page/phrase.ts";
import { element, type Markup } from "../render/markup.ts";
import type { ProblemFacts, RunTimeline, TimelineTraining } from "../results.ts";
import { log10 } from "../statistics/logRegret.ts";
import { type Look, strategyLooks } from "../svg/look.ts";
import { linearScale, linearTicks, type PixelScale } from "../svg/scale.ts";
import { line, marker, nameText, pixels, text } from "../svg/shapes.ts";
import type { Figure } from "./figure.ts";

const width = 1000;
const left = 56;
const columns = 2;
const gapX = 60;
const side = (width - left - 14 - gapX * (columns - 1)) / columns;
const top = 42;
const height = 128;
const rowHeight = top + height + 34;
/** Ticks closer than this would overlap. */
const leastTickGap = 13;

/** Null if no strategy stops a training early. */
export function timelineFigure({ results, order }: Analysis): Figure | null {
  const timelines = order.flatMap((index) =>
    (results.timelines ?? []).filter(({ strategy }) => strategy === results.strategies[index]!.label),
  );
  const card = results.problems.find(({ id }) => id === timelines[0]?.problem);
  if (card?.fidelity === undefined) return null;
  const { fidelity } = card;
  const alone = results.resource?.workers === 1;
  const shown = timelines.filter(({ trainings }) => trainings.some(({ until }) => until < fidelity.max));
  if (shown.length === 0) return null;
  const look = strategyLooks(results.strategies);
  const rows = Math.ceil(shown.length / columns);
  return {
    name: "timeline",
    drawing: {
      id: "figure-timeline",
      title: "Trainings over the resource of one run",
      description:
        "One panel per strategy that stops trainings early. The horizontal axis is the resource that the run has spent, the vertical one is how far a trial is trained.",
      width,
      height: rows * rowHeight + 22,
      body: [
        element(
          "g",
          { "data-problem": card.id },
          shown.map((timeline, place) => {
            const index = results.strategies.findIndex(({ label }) => label === timeline.strategy);
            const budget = card.budget * results.strategies[index]!.evaluationsPerStep;
            return drawPanel(timeline, { place, look: look[index]!, fidelity, budget, alone });
          }),
        ),
        text(width / 2, rows * rowHeight + 14, "resource spent, in full trainings", { class: "soft middle" }),
      ],
    },
    caption: captionOf(shown, timelines),
    table: {
      columns: ["problem", "strategy", "seed", "trial", "from", fidelity.unit, "full trainings", "promotion", "failed"],
      rows: timelines.flatMap((timeline) => {
        const { problem, strategy, seed, trainings } = timeline;
        const promoted = promotionsIn(timeline, alone);
        return trainings.map((training) => {
          const { trial, from, until, spent, failed } = training;
          return [problem, strategy, seed, trial, from, until, spent, Number(promoted.has(training)), Number(failed)];
        });
      }),
    },
  };
}

/**
 * Trainings that continue a trial after it waited. A run with one worker measures nothing else while it trains a trial through several
 * rungs. With more workers, records do not tell a trial that waits from one that is trained on, so each of its further rungs counts.
 */
function promotionsIn({ trainings }: RunTimeline, alone: boolean): ReadonlySet<TimelineTraining> {
  return new Set(trainings.filter(({ from, trial }, place) => from > 0 && !(alone && trainings[place - 1]?.trial === trial)));
}

function captionOf(shown: readonly RunTimeline[], timelines: readonly RunTimeline[]): Phrase {
  const [{ problem, seed }] = shown as readonly [RunTimeline, ...RunTimeline[]];
  const full = timelines.filter((timeline) => !shown.includes(timeline)).map(({ strategy }) => strategy);
  return [
    "One run of each strategy, on ",
    named(problem),
    ` with seed ${seed}: the first problem and the first seed of the plan. A grey line is a new trial, and rises to the rung where it first waits or ends. A line in the colour of the strategy is a promotion: it continues a trial that has waited at a rung. A mark is a training to the end, and a cross one that failed.`,
    ...(full.length === 0 ? [] : [" These strategies train every trial to the end, so they have no panel: ", ...listed(full), "."]),
  ];
}

type TimelinePanel = {
  readonly place: number;
  readonly look: Look;
  readonly fidelity: NonNullable<ProblemFacts["fidelity"]>;
  readonly budget: number;
  /** Whether the run has one worker. */
  readonly alone: boolean;
};

function drawPanel(timeline: RunTimeline, { place, look, fidelity, budget, alone }: TimelinePanel): Markup {
  const { strategy, trainings } = timeline;
  const promoted = promotionsIn(timeline, alone);
  const start = left + (place % columns) * (side + gapX);
  const panelTop = Math.floor(place / columns) * rowHeight + top;
  const bottom = panelTop + height;
  const rungs = [...new Set(trainings.map(({ until }) => until))].sort((a, b) => a - b);
  const most = trainings.reduce((end, { spent }) => Math.max(end, spent), budget);
  const x = linearScale([0, most], [start, start + side]);
  // A rung has the same height below the lowest one as between two.
  const lowest = log10(rungs[0]!);
  const air = rungs.length > 1 ? (log10(rungs.at(-1)!) - lowest) / (rungs.length - 1) : 1;
  const y = linearScale([lowest - air, log10(fidelity.max)], [bottom, panelTop]);
  const at = (reached: number): number => (reached === 0 ? bottom : y(log10(reached)));
  const group = (kind: string, is: (training: TimelineTraining) => boolean): Markup => {
    const d = pathOf(trainings.filter(is), x, at);
    return element("g", { class: kind }, d === "" ? null : element("path", { class: "trial-line", d }));
  };
  const ends = trainings.filter(({ until, failed }) => until === fidelity.max && !failed);
  return element(
    "g",
    { "data-strategy": strategy, class: look.color },
    nameText(start, panelTop - 24, strategy, 40, { class: "own strong" }),
    text(start, panelTop - 9, panelWords(trainings, promoted.size, fidelity.max), { class: "soft small" }),
    shownRungs(rungs, at).map((rung) => [
      line(start, at(rung), start + side, at(rung), "grid"),
      text(start - 7, at(rung) + 4, String(rung), { class: "soft small end numbers" }),
    ]),
    line(start, bottom, start + side, bottom, "axis"),
    linearTicks(x.domain, 8).map(({ at: amount, label }) => text(x(amount), bottom + 15, label, { class: "soft small middle numbers" })),
    text(0, 0, fidelity.unit, {
      class: "soft small middle",
      transform: `translate(${pixels(start - 36)} ${(panelTop + bottom) / 2}) rotate(-90)`,
    }),
    group("soft-points", (training) => !promoted.has(training) && !training.failed),
    group("", (training) => promoted.has(training) && !training.failed),
    ends.map(({ spent }) => marker(look.marker, [x(spent), at(fidelity.max)], 3)),
    crosses(
      trainings.filter(({ failed }) => failed),
      x,
      at,
    ),
  );
}

/** Lines of the same half pixel look the same, so one of them is enough: the size of a figure does not grow with the run. */
function pathOf(trainings: readonly TimelineTraining[], x: PixelScale, at: (reached: number) => number): string {
  const strokes = trainings.map(
    ({ from, until, added, spent }) => `M${halfPixel(x(spent - added))} ${pixels(at(from))}L${halfPixel(x(spent))} ${pixels(at(until))}`,
  );
  return [...new Set(strokes)].join("");
}

function crosses(failed: readonly TimelineTraining[], x: PixelScale, at: (reached: number) => number): Markup | null {
  const strokes = failed.map(({ spent, until }) => {
    const [cx, cy] = [halfPixel(x(spent)), pixels(at(until))];
    return `M${cx - 2} ${cy - 2}L${cx + 2} ${cy + 2}M${cx - 2} ${cy + 2}L${cx + 2} ${cy - 2}`;
  });
  return strokes.length === 0 ? null : element("path", { class: "trial-line", d: [...new Set(strokes)].join("") });
}

function halfPixel(value: number): number {
  return Math.round(2 * value) / 2;
}

/** The rungs that have room for their numbers, from the top. */
function shownRungs(rungs: readonly number[], at: (reached: number) => number): readonly number[] {
  const shown: number[] = [];
  for (const rung of [...rungs].reverse()) if (shown.length === 0 || at(rung) - at(shown.at(-1)!) >= leastTickGap) shown.push(rung);
  return shown;
}

function panelWords(trainings: readonly TimelineTraining[], promotions: number, max: number): string {
  const trials = new Set(trainings.map(({ trial }) => trial)).size;
  const full = trainings.filter(({ until }) => until === max).length;
  return `${counted(trials, "trial")}, ${counted(promotions, "promotion")}, ${full} trained to the end`;
}

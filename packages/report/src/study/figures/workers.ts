/** When each worker ran which job. */
import type { Figure } from "../../figures/figure.ts";
import { element, type Markup } from "../../render/markup.ts";
import { line, nameText, pixels, text } from "../../svg/shapes.ts";
import { type PlotBox, spaced, xOf } from "../axes/frame.ts";
import type { ShownJob } from "../shownStudy.ts";
import { type BusyTime, busyTime, pauseWords } from "./busyTime.ts";
import { jobCells, jobColumns, jobWords } from "./jobs.ts";
import { legend } from "./legend.ts";

const width = 1000;
const top = 14;
const mostLanes = 40;
/** More bars than this have no tooltips. */
const mostTitles = 800;

/** null if no time is known. */
export function workersFigure(jobs: readonly ShownJob[]): Figure | null {
  if (jobs.length === 0) return null;
  const time = busyTime(jobs);
  const lanes = lanesOf(jobs, time);
  const shown = lanes.slice(0, mostLanes);
  const row = shown.length > 16 ? 14 : 22;
  const bottom = top + shown.length * row + 6;
  const box: PlotBox = { left: 150, right: width - 24, top, bottom };
  const withTitles = jobs.length <= mostTitles;
  return {
    name: "workers",
    drawing: {
      id: "workers",
      title: "What the workers did",
      description: "One row per worker. Each bar is a job.",
      width,
      height: bottom + 66,
      body: [
        ...spaced(time.ticks, box.right - box.left).flatMap(({ at, label }) => [
          line(xOf(box, at), top - 4, xOf(box, at), bottom, "grid"),
          text(xOf(box, at), bottom + 16, label, { class: "soft middle numbers" }),
        ]),
        ...time.pauses.map((at) => line(xOf(box, at), top - 6, xOf(box, at), bottom, "guide")),
        ...shown.map((lane, index) => drawLane(lane, box, time, top + index * row, row - 4, withTitles)),
        line(box.left, bottom, box.right, bottom, "axis"),
        text((box.left + box.right) / 2, bottom + 34, time.name, { class: "soft middle" }),
        ...legend(
          outcomes.filter((one) => jobs.some((job) => hasOutcome(job, one))).map(({ kind, words }) => ({ kind, shape: 1, words })),
          box.left,
          bottom + 58,
        ),
      ],
    },
    caption: [
      "Each bar is a job: a stretch of training of one trial.",
      pauseWords(time),
      lanes.length > mostLanes ? ` Of ${lanes.length} workers, the first ${mostLanes} are shown.` : "",
      jobs.some(({ worker }) => worker === null) ? " Jobs of workers without a name are in rows that have no name." : "",
    ],
    table: { columns: ["worker", ...jobColumns], rows: jobs.map((job) => [job.worker, ...jobCells(job)]) },
  };
}

type Lane = { readonly worker: string | null; readonly jobs: ShownJob[]; freeAtMs: number };

/** A lane per worker. A job without a worker is in the first lane without a name that is free. */
function lanesOf(jobs: readonly ShownJob[], { nowMs }: BusyTime): readonly Lane[] {
  const lanes: Lane[] = [];
  for (const job of [...jobs].sort((a, b) => a.startedAtMs - b.startedAtMs)) {
    const { worker, startedAtMs, endedAtMs } = job;
    const isFree = (lane: Lane): boolean => lane.worker === worker && (worker !== null || lane.freeAtMs <= startedAtMs);
    let lane = lanes.find(isFree);
    if (lane === undefined) {
      lane = { worker, jobs: [], freeAtMs: 0 };
      lanes.push(lane);
    }
    lane.jobs.push(job);
    lane.freeAtMs = Math.max(lane.freeAtMs, endedAtMs ?? nowMs);
  }
  return lanes.sort((a, b) => (a.worker === b.worker ? 0 : a.worker === null ? 1 : b.worker === null ? -1 : a.worker < b.worker ? -1 : 1));
}

/** `of` is null for those that no other kind has. */
type OutcomeKind = { readonly kind: string; readonly words: string; readonly of: readonly ShownJob["outcome"][] | null };

/** Any other outcome is a failure. */
const outcomes: readonly OutcomeKind[] = [
  { kind: "series-0", words: "finished", of: ["finished"] },
  { kind: "series-2", words: "stopped or paused", of: ["stopped", "paused", "ended"] },
  { kind: "series-4", words: "failed", of: null },
  { kind: "series-reference", words: "running", of: ["running"] },
];

function hasOutcome({ outcome }: ShownJob, { of }: OutcomeKind): boolean {
  return of === null ? outcomes.every((other) => other.of?.includes(outcome) !== true) : of.includes(outcome);
}

function drawLane({ worker, jobs }: Lane, box: PlotBox, time: BusyTime, y: number, height: number, withTitles: boolean): Markup {
  const spanOf = ({ startedAtMs, endedAtMs }: ShownJob): readonly [number, number] => {
    const from = xOf(box, time.at(startedAtMs));
    return [pixels(from), pixels(Math.max(0.4, xOf(box, time.at(endedAtMs ?? time.nowMs)) - from - 0.6))];
  };
  const bars = outcomes.map((one) => {
    const { kind } = one;
    const drawn = jobs.filter((job) => hasOutcome(job, one));
    if (drawn.length === 0) return null;
    if (!withTitles) {
      const d = drawn.map(spanOf).map(([x, wide]) => `M${x} ${y}h${wide}v${height}h${-wide}Z`);
      return element("path", { class: kind, d: d.join(""), fill: "currentColor", opacity: 0.75 });
    }
    const rects = drawn.map((job) => {
      const [x, wide] = spanOf(job);
      return element("rect", { x, y, width: wide, height, fill: "currentColor", opacity: 0.75 }, element("title", {}, jobWords(job)));
    });
    return element("g", { class: kind }, rects);
  });
  return element("g", {}, nameText(box.left - 8, y + height / 2 + 4, worker ?? "", 22, { class: "soft end" }), bars);
}

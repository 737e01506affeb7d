/**
 * When each trial was trained how far. A bracket is the set of trials that have the same first rung: the fidelity at which their first job
 * ended. In Hyperband, every bracket has another one.
 */
import type { Fidelity } from "@caviar-hpo/core";
import type { Figure } from "../../figures/figure.ts";
import { element, type Markup } from "../../render/markup.ts";
import { line, pixels } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import type { Digest } from "../digest.ts";
import { numberWords } from "../numberWords.ts";
import type { ShownJob } from "../shownStudy.ts";
import { thinned, thinningWords } from "../thin.ts";
import { busyTime, pauseWords } from "./busyTime.ts";
import { fidelityAxis } from "./fidelityAxis.ts";
import { jobCells, jobColumns, jobWords } from "./jobs.ts";
import { legend } from "./legend.ts";

const width = 1000;
const box: PlotBox = { left: 66, right: 976, top: 34, bottom: 294 };
const most = 1000;
/** The other brackets share a colour. */
const colors = 7;

/** The first rungs of the brackets, ascending. */
export function bracketsOf(jobs: readonly ShownJob[]): ReadonlyMap<number, ReadonlySet<number>> {
  const found = new Map<number, Set<number>>();
  const seen = new Set<number>();
  for (const { trial, until, observed } of jobs) {
    if (observed === true || seen.has(trial)) continue;
    seen.add(trial);
    const trials = found.get(until) ?? new Set();
    found.set(until, trials);
    trials.add(trial);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

/** There is at least one job. */
export function scheduleFigure({ jobs: all, trials }: Digest, fidelity: Fidelity): Figure {
  const jobs = all.filter(({ observed }) => observed !== true);
  const time = busyTime(all);
  const y = fidelityAxis(fidelity);
  const brackets = bracketsOf(all);
  const first = [...brackets.keys()];
  const shown = thinned(
    jobs.map((job) => ({ job, rank: trials[job.trial]!.rank })),
    most,
  ).map(({ job }) => job);
  const kindOf = (rung: number): string => `series-${Math.min(first.indexOf(rung), colors)}`;
  const draw = (job: ShownJob): Markup => {
    const [from, to] = [xOf(box, time.at(job.startedAtMs)), xOf(box, time.at(job.endedAtMs ?? time.nowMs))];
    const [low, high] = [yOf(box, job.from === null ? 0 : y.at(job.from.fidelity)), yOf(box, y.at(job.until))];
    const d = `M${pixels(from)} ${pixels(low)}L${pixels(Math.max(to, from + 1))} ${pixels(high)}`;
    return element("path", { class: "curve", d }, element("title", {}, jobWords(job)));
  };
  return {
    name: "schedule",
    drawing: {
      id: "schedule",
      title: "Brackets and rungs over time",
      description: "Each line is a job. It begins and ends at the fidelities from which and to which the job trained its trial.",
      width,
      height: box.bottom + 66,
      body: [
        ...frame(box, time, y),
        ...time.pauses.map((at) => line(xOf(box, at), box.top, xOf(box, at), box.bottom, "guide")),
        ...[...brackets].map(([rung, members]) =>
          element("g", { class: `${kindOf(rung)} thin-curves` }, shown.filter(({ trial }) => members.has(trial)).map(draw)),
        ),
        ...legend(
          first.slice(0, colors).map((rung) => ({ kind: kindOf(rung), shape: "line", words: `first rung ${numberWords(rung)}` })),
          box.left,
          box.bottom + 58,
        ),
      ],
    },
    caption: [
      "Each line is a job that trained a trial from one fidelity to another. Trials with the same first rung have one colour: they are of one bracket.",
      pauseWords(time),
      thinningWords(jobs.length, most, "jobs"),
    ],
    table: {
      columns: ["first rung", ...jobColumns],
      rows: [...brackets].flatMap(([rung, members]) =>
        jobs.filter(({ trial }) => members.has(trial)).map((job) => [rung, ...jobCells(job)]),
      ),
    },
  };
}

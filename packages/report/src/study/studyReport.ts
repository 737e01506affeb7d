/** The page of a study: one HTML file that needs nothing else, the same page as Markdown, and its figures with their numbers. */
import type { ReportFile } from "../buildReport.ts";
import type { Figure } from "../figures/figure.ts";
import { figureFiles } from "../figures/figureFiles.ts";
import { studyCsv } from "../neighbours/studyCsv.ts";
import type { Page, PageBlock, Section } from "../page/block.ts";
import { filesWords } from "../page/figureBlock.ts";
import { csv } from "../render/csv.ts";
import { html } from "../render/html.ts";
import { markdown } from "../render/markdown.ts";
import { type Digest, digestOf } from "./digest.ts";
import { choiceTable, type Reason, reasonsOf } from "./reasons.ts";
import { choices } from "./sections/choices.ts";
import { frontMatter } from "./sections/frontMatter.ts";
import { outlook } from "./sections/outlook.ts";
import { parameters } from "./sections/parameters.ts";
import { paretoFront } from "./sections/paretoFront.ts";
import { progress } from "./sections/progress.ts";
import type { StudyBlock, StudySection } from "./sections/section.ts";
import { settings } from "./sections/settings.ts";
import { training } from "./sections/training.ts";
import { trialSection } from "./sections/trials.ts";
import { workers } from "./sections/workers.ts";
import type { ShownStudy } from "./shownStudy.ts";

/** The page of a study, as text. */
export type StudyReport = {
  readonly html: string;
  readonly markdown: string;
  /** `fig/<figure>.svg`, its numbers as `fig/<figure>.csv` and `fig/<figure>.json`; `fig/trials.csv`, and `fig/choices.csv` if
   * jobs are known. */
  readonly files: readonly ReportFile[];
};

/**
 * Builds the page of a study. The same study gives the same bytes. Nothing is replayed: the page shows what is known of trials and jobs.
 *
 * ```ts
 * writeFileSync("digits.html", studyReport({ name: "digits", ...readStudy("runs/digits") }).html);
 * ```
 */
export function studyReport(study: ShownStudy): StudyReport {
  return build(study, null);
}

/**
 * The same page, for a server that shows it while the study runs. The page asks its server for `state`, relative to its own address, and
 * loads itself again when the answer is another one.
 *
 * @param state a text that names what the study is now.
 */
export function liveStudyReport(study: ShownStudy, state: string): StudyReport {
  return build(study, state);
}

function build(study: ShownStudy, live: string | null): StudyReport {
  const digest = digestOf(study);
  const reasons = reasonsOf(digest);
  const { sections, figures } = numbered(sectionsOf(digest, reasons), study.command ?? null);
  const page: Page = {
    title: study.name === "" ? "Study" : study.name,
    kicker: ["Caviar study"],
    front: frontMatter(digest),
    sections,
    closing: [
      "Caviar made this page from the log of the study. The page holds no date of its making, so the same log gives the same bytes.",
    ],
  };
  return {
    html: html(page, live),
    markdown: markdown(page),
    files: [
      ...figures.flatMap(figureFiles),
      { name: "fig/trials.csv", text: studyCsv(study) },
      ...(digest.jobs.length === 0 ? [] : [{ name: "fig/choices.csv", text: csv(choiceTable(digest, reasons)) }]),
    ],
  };
}

function sectionsOf(digest: Digest, reasons: readonly Reason[]): readonly StudySection[] {
  return [
    paretoFront(digest),
    progress(digest),
    outlook(digest),
    parameters(digest),
    training(digest),
    choices(digest, reasons),
    workers(digest),
    trialSection(digest, reasons),
    settings(digest),
  ].filter((section) => section !== null);
}

/** Sections whose figures are numbered in the order of the page, and these figures. @param command the one that makes the page. */
function numbered(
  sections: readonly StudySection[],
  command: string | null,
): { readonly sections: readonly Section[]; readonly figures: readonly Figure[] } {
  const figures: Figure[] = [];
  const block = (one: StudyBlock): PageBlock => {
    if (one.kind !== "unnumbered") return one;
    const { name, drawing, caption } = one.figure;
    figures.push(one.figure);
    return {
      kind: "figure",
      number: figures.length,
      drawing,
      file: `fig/${name}.svg`,
      caption: [...caption, " ", ...filesWords(one.figure, command)],
    };
  };
  return { sections: sections.map(({ id, title, blocks }) => ({ id, title, blocks: blocks.map(block) })), figures };
}

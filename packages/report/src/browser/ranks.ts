/**
 * The table of the ranking, while a reader has chosen some of the strategies or problems: its mean ranks are computed again for this part,
 * from the ranks in each block (`page/rankCodes.ts`). There are no intervals, because the part was chosen after the results were known.
 */
import { decimal, record } from "../format.ts";
import { type BlockRanks, meanRanksAmong, readRankCodes, winsAmong } from "../page/rankCodes.ts";
import type { PageView } from "./view.ts";

export function ranks(document: Document, view: PageView): void {
  const table = document.querySelector<HTMLTableElement>("table[data-reference]");
  if (table === null) return;
  const rows = [...table.tBodies[0]!.rows].map((row) => ({ row, ranks: readRankCodes(row.dataset.ranks!), cells: cellsOf(row) }));
  const reference = rows.find(({ row }) => row.dataset.strategy === table.dataset.reference);
  const boxes = [...document.querySelectorAll<HTMLInputElement>("[data-choose=problem] input[type=checkbox]")];
  const show = (): void => {
    const problems = boxes.flatMap(({ checked }, index) => (checked ? [index] : []));
    const shown = rows.filter(({ row }) => !row.classList.contains("unchosen"));
    if (shown.length === rows.length && problems.length === boxes.length) {
      for (const { cells } of rows) for (const cell of cells) cell.restore();
      return;
    }
    const all = shown.map(({ ranks }) => ranks);
    const final = meanRanksAmong(
      all.map((one) => one.final),
      problems,
    );
    const anytime = meanRanksAmong(
      all.map((one) => one.anytime),
      problems,
    );
    shown.forEach(({ ranks, cells, row }, index) => {
      const mean = final[index]!;
      const texts: { readonly [of: string]: readonly [string, number | null] } = {
        place: placeCell(final, index),
        final: rankCell(mean),
        anytime: rankCell(anytime[index]!),
        record: row === reference?.row || reference === undefined ? ["reference", null] : recordCell(ranks, reference.ranks, problems),
      };
      for (const cell of cells) cell.write(...texts[cell.of]!);
    });
  };
  document.addEventListener("change", show);
  view.follow(show);
}

function placeCell(means: readonly (number | null)[], index: number): readonly [string, number | null] {
  const own = means[index] ?? null;
  if (own === null) return ["–", null];
  const place = 1 + means.filter((mean, other) => mean !== null && (mean < own || (mean === own && other < index))).length;
  return [String(place), place];
}

function rankCell(mean: number | null): readonly [string, number | null] {
  return mean === null ? ["–", null] : [decimal(mean, 2), mean];
}

function recordCell(own: BlockRanks, of: BlockRanks, problems: readonly number[]): readonly [string, number | null] {
  const found = winsAmong(own.final, of.final, problems);
  return [record(found), found.wins];
}

type ComputedCell = {
  readonly of: string;
  readonly write: (text: string, value: number | null) => void;
  readonly restore: () => void;
};

function cellsOf(row: HTMLTableRowElement): readonly ComputedCell[] {
  return [...row.querySelectorAll<HTMLTableCellElement>("td[data-computed]")].map((cell) => {
    const published = [...cell.childNodes];
    const { value: publishedValue } = cell.dataset;
    const give = (value: string | undefined): void => {
      if (value === undefined) delete cell.dataset.value;
      else cell.dataset.value = value;
    };
    return {
      of: cell.dataset.computed!,
      write: (text, value) => {
        cell.replaceChildren(text);
        give(value === null ? undefined : String(value));
      },
      restore: () => {
        cell.replaceChildren(...published);
        give(publishedValue);
      },
    };
  });
}

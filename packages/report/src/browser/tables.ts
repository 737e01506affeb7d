/** Tables that a reader can sort by a column, and filter by a text if they have many rows. Dashes and empty cells are always last. */
import type { PageView } from "./view.ts";

/** Fewer rows need no filter. */
const manyRows = 9;

export function tables(document: Document, view: PageView): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-table]")) {
    sortable(document, table, view);
    if (table.tBodies[0]!.rows.length >= manyRows) filterable(document, table, view);
  }
}

function sortable(document: Document, table: HTMLTableElement, view: PageView): void {
  const key = `sort.${table.dataset.table}`;
  const body = table.tBodies[0]!;
  const published = [...body.rows];
  const heads = [...table.tHead!.rows[0]!.cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const [order = ""] = view.all(key);
      const next = order === `${column}a` ? [`${column}d`] : order === `${column}d` ? [] : [`${column}a`];
      view.set(key, next);
      show();
    });
  });
  const show = (): void => {
    const { column, direction } = /^(?<column>\d{1,3})(?<direction>[ad])$/.exec(view.all(key)[0] ?? "")?.groups ?? {};
    const place = column === undefined ? -1 : Number(column);
    heads.forEach((head, index) => {
      if (index === place) head.setAttribute("aria-sort", direction === "a" ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    body.append(...(place < 0 || place >= heads.length ? published : sorted(published, place, direction === "a" ? 1 : -1)));
  };
  view.follow(show);
}

function sorted(rows: readonly HTMLTableRowElement[], column: number, direction: 1 | -1): readonly HTMLTableRowElement[] {
  const keyed = rows.map((row) => ({ row, key: sortKey(row.cells[column]) }));
  return keyed.sort((a, b) => byKey(a.key, b.key, direction)).map(({ row }) => row);
}

export type SortKey = number | string | null;

function sortKey(cell: HTMLTableCellElement | undefined): SortKey {
  if (cell?.dataset.value !== undefined) return Number(cell.dataset.value);
  return keyOfText(cell?.textContent ?? "");
}

/** A whole text that is a number counts as one. null for an empty cell or a dash. */
export function keyOfText(text: string): SortKey {
  const plain = text.trim().replace("−", "-").replaceAll("\u2009", "");
  if (plain === "" || plain === "–") return null;
  return Number.isNaN(Number(plain)) ? plain : Number(plain);
}

/** Numbers come before texts, and nothing comes last, in both directions. */
export function byKey(a: SortKey, b: SortKey, direction: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a === b ? 0 : a < b ? -direction : direction;
}

function filterable(document: Document, table: HTMLTableElement, view: PageView): void {
  const key = `filter.${table.dataset.table}`;
  const rows = [...table.tBodies[0]!.rows];
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Filter rows";
  input.setAttribute("aria-label", `Filter the rows of: ${table.getAttribute("aria-label") ?? "this table"}`);
  const count = document.createElement("output");
  const bar = document.createElement("p");
  bar.className = "filter";
  bar.append(input, count);
  const box = table.closest(".scroll") ?? table;
  box.before(bar);
  const apply = (): void => {
    const wanted = input.value.trim().toLowerCase();
    const shown = rows.filter((row) => {
      const fits = row.textContent!.toLowerCase().includes(wanted);
      row.classList.toggle("filtered", !fits);
      return fits;
    });
    count.textContent = wanted === "" ? "" : `${shown.length} of ${rows.length} rows`;
  };
  input.addEventListener("input", () => {
    view.set(key, input.value === "" ? [] : [input.value]);
    apply();
  });
  view.follow(() => {
    input.value = view.all(key)[0] ?? "";
    apply();
  });
}

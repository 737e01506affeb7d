/** How to cite a campaign: an entry for BibTeX. */
import { fileNamePart } from "../figures/fileNamePart.ts";
import type { CampaignResults } from "../results.ts";
import { visible } from "../visible.ts";

/** The lines of the entry. What is not known is left out. The Merkle root names the exact runs. */
export function citation({ name, title, dataHash, origin }: CampaignResults): readonly string[] {
  const { authors = [], day, machines = [] } = origin ?? {};
  const versions = [...new Set(machines.flatMap(({ version }) => version ?? []))];
  const commits = [...new Set(machines.flatMap(({ commit }) => commit?.slice(0, 12) ?? []))];
  const caviar = `Caviar${versions.length === 0 ? "" : ` ${versions.join(", ")}`}${commits.length === 0 ? "" : `, commit ${commits.join(", ")}`}`;
  const fields: readonly (readonly [string, string])[] = [
    ...(authors.length === 0 ? [] : [["author", authors.map((author) => `{${bibtexText(author)}}`).join(" and ")] as const]),
    ["title", `{${bibtexText(title)}}`],
    ...(day === undefined ? [] : [["year", bibtexText(day.slice(0, 4))] as const]),
    ["howpublished", bibtexText(`Benchmark campaign with ${caviar}`)],
    ["note", `Merkle root of the runs: ${dataHash}`],
  ];
  const key = ["caviar", fileNamePart(name), dataHash.slice(0, 8)].filter((part) => part !== "").join("-");
  return [`@misc{${key},`, ...fields.map(([field, value]) => `  ${field} = {${value}},`), "}"];
}

/** Text that BibTeX and LaTeX print as it is. Both read UTF-8. */
function bibtexText(text: string): string {
  return visible(text).replace(/[\\{}$&#%_~^]/g, (character) => bibtexCommands[character]!);
}

const bibtexCommands: { readonly [character: string]: string } = {
  "\\": "\\textbackslash ",
  "{": "\\textbraceleft ",
  "}": "\\textbraceright ",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "~": "\\textasciitilde ",
  "^": "\\textasciicircum ",
};

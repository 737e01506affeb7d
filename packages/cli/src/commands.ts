/** Every subcommand. The module of a command is loaded when the command is called, so that no command waits for the code of the others. */
import type { Subcommand } from "./commands/command.ts";

type CommandEntry = {
  readonly name: string;
  /** Its line in `caviar --help`. */
  readonly summary: string;
  readonly load: () => Promise<Subcommand>;
};

export const commands: readonly CommandEntry[] = [
  {
    name: "optimize",
    summary: "Tune a program or a module, and keep the study in a folder.",
    load: async () => (await import("./commands/optimize.ts")).optimizeCommand,
  },
  {
    name: "watch",
    summary: "Show the progress of a study while another process works on it.",
    load: async () => (await import("./commands/watch.ts")).watchCommand,
  },
  { name: "trials", summary: "List the trials of a study.", load: async () => (await import("./commands/trials.ts")).trialsCommand },
  { name: "best", summary: "Show the best trial of a study.", load: async () => (await import("./commands/best.ts")).bestCommand },
  {
    name: "export",
    summary: "Write a study for Optuna, TensorBoard or spreadsheets, or a campaign for COCO.",
    load: async () => (await import("./commands/export.ts")).exportCommand,
  },
  {
    name: "import",
    summary: "Take over the trials of a study of Optuna.",
    load: async () => (await import("./commands/import.ts")).importCommand,
  },
  {
    name: "verify",
    summary: "Verify a study or a campaign: replay its log, or compute it again.",
    load: async () => (await import("./commands/verify.ts")).verifyCommand,
  },
  { name: "repair", summary: "Repair the damaged log of a study.", load: async () => (await import("./commands/repair.ts")).repairCommand },
  {
    name: "bench",
    summary: "Compare strategies on problems with known optima, with a report.",
    load: async () => (await import("./commands/bench.ts")).benchCommand,
  },
  {
    name: "seeds",
    summary: "Say how many seeds a campaign needs to show a difference.",
    load: async () => (await import("./commands/seeds.ts")).seedsCommand,
  },
  {
    name: "report",
    summary: "Write the page of a study, or the report of a campaign again.",
    load: async () => (await import("./commands/report.ts")).reportCommand,
  },
  {
    name: "merge",
    summary: "Merge the shards of a campaign that ran on several machines.",
    load: async () => (await import("./commands/merge.ts")).mergeCommand,
  },
  {
    name: "archive",
    summary: "Compress the runs of a campaign into one file.",
    load: async () => (await import("./commands/archive.ts")).archiveCommand,
  },
  {
    name: "strategies",
    summary: "List the strategies and their options, or show what one strategy will do.",
    load: async () => (await import("./commands/strategies.ts")).strategiesCommand,
  },
  {
    name: "problems",
    summary: "List the problems that plans can name.",
    load: async () => (await import("./commands/problems.ts")).problemsCommand,
  },
  {
    name: "tables",
    summary: "Fetch tables of real trainings, which plans can name as problems.",
    load: async () => (await import("./commands/tables.ts")).tablesCommand,
  },
  {
    name: "serve",
    summary: "Answer JSON-RPC, for programs in any language.",
    load: async () => (await import("./commands/serve.ts")).serveCommand,
  },
];

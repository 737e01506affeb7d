/**
 * The names of all laws, in order. Two of them apply only to strategies that declare something: what they depend on, or that they are
 * random. One does not apply to strategies that declare that they stop short, or that cannot continue trials when no new one may start.
 */
export const lawNames = [
  "resumes from its JSON state at any step",
  "leaves its inputs as they were, and its answers as it gave them",
  "stays inside every space, and ends every job where the problem allows",
  "keeps the constraints between parameters",
  "gives at most what is wanted, and wanting nothing changes nothing",
  "is done for good once it is done",
  "resumes only trials that wait for it",
  "goes on, whatever fails",
  "trains the best to the end",
  "takes every kind of value",
  "gives the same bits for the same seed and the same order of events",
  "is reproduced by its log, after a journey over the wire too",
  "depends on no more than it declares",
  "does not see the names of parameters",
  "does not see whether its problem is to be minimised or maximised",
  "is not moved by repeated, late and stray reports",
  "keeps to the model of a study in an event soup",
  "spreads a batch like a sequence",
  "gives other points for another seed",
] as const;

/** The name of a law. */
export type LawName = (typeof lawNames)[number];

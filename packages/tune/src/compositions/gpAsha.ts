/**
 * Asynchronous successive halving whose points the Gaussian-process optimiser chooses, one fidelity at a time: the asynchronous form of
 * `gpHyperband`. MOBSTER (Klein, Tiao, Lienart, Archambeau and Seeger, arXiv:2003.10865) also runs Gaussian processes under ASHA.
 */
import { bayesoptCard } from "@caviar-hpo/bayesopt";
import type { Card } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { ashaCard } from "@caviar-hpo/hyperband";

export const gpAshaCard: Card = composeCards(
  { name: "gpAsha", doc: "Asynchronous successive halving over Gaussian-process Bayesian optimisation." },
  ashaCard,
  bayesoptCard,
);

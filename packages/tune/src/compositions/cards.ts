/** Schedulers over samplers that learn: a new composition is one line here. */
import type { Card } from "@caviar-hpo/core";
import { autoCard } from "./auto.ts";
import { bohbCard } from "./bohb.ts";
import { dehbCard } from "./dehb.ts";
import { freezeThawCard } from "./freezeThaw.ts";
import { gpAshaCard } from "./gpAsha.ts";
import { gpHyperbandCard } from "./gpHyperband.ts";
import { priorBandCard } from "./priorBand.ts";

export const compositionCards: readonly Card[] = [autoCard, bohbCard, dehbCard, gpHyperbandCard, gpAshaCard, freezeThawCard, priorBandCard];

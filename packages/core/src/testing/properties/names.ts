/** The names of the statistical properties, in order. They are sentences about a sampler. */
export const samplerPropertyNames = [
  "repeats no point",
  "repeats no point of a finite space while others are left",
  "draws each parameter by its scale",
  "draws each parameter by its scale over seeds",
  "draws parameters independently of each other",
  "gives unrelated points to different seeds",
  "hits each stratum once",
  "is a (t, m, s)-net in base 2",
] as const;

/** The name of a statistical property. */
export type SamplerPropertyName = (typeof samplerPropertyNames)[number];

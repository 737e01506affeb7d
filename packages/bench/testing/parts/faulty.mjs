/** Samplers with a mistake each, as users make them. */
import { sampler } from "./parts.mjs";

export const unfinished = () => ({ ...sampler(), init: undefined });

export const silent = () => ({ ...sampler(), suggest: () => undefined });

export const bare = () => ({ ...sampler(), suggest: () => ({ x: 1, y: 0.5 }) });

export const outside = () => ({ ...sampler(), suggest: () => ({ config: { x: 7, y: 0.5 } }) });

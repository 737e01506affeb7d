export type EngineEstimate = { readonly value: number; readonly low: number | null; readonly high: number | null };
export function enginesTable(suite: {
  readonly judged: string;
  readonly engines: readonly {
    readonly strategy: string;
    readonly anchoredRegret: EngineEstimate;
    readonly factor?: EngineEstimate;
    readonly factorAbove1e3?: EngineEstimate;
    readonly percentBehind?: EngineEstimate;
  }[];
}): string;

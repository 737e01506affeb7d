export function askTable(results: {
  readonly cases: { readonly [name: string]: { readonly [strategy: string]: { readonly mean: number } } };
}): string;

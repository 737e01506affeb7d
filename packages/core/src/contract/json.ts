/**
 * Plain data: what a strategy's state, an event and a remark are made of. Every shape in Caviar is a `type`, so that it is assignable to
 * `Json`.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

declare module "mnist" {
  const digits: readonly { readonly id: number; readonly length: number; readonly raw: readonly number[] }[];
  export = digits;
}

/** The generator alone: the package's main file also loads six others, which would be a tenth of the smallest bundle. */
declare module "seedrandom/seedrandom.js" {
  export { default } from "seedrandom";
}

/** How values and names are shown in messages and file names, and text as bytes. */

export { counted } from "./counted.ts";
export { didYouMean, nearest, similar } from "./nearest.ts";
export { cut, show } from "./show.ts";
export { slug } from "./slug.ts";
export { thrownText } from "./thrownText.ts";
export { utf8 } from "./utf8.ts";

/** How values and names are shown in messages. */

export { nearest } from "./nearest.ts";
export { cut, show } from "./show.ts";
export { thrownText } from "./thrownText.ts";

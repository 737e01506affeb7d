/** Where the script of a page begins. */
import { startPage } from "../src/browser/page.ts";

startPage(window);

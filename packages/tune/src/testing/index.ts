/** For tests of programs that store studies: what every store promises, checked on random courses of events. */
export { brokenPromises, courseActions, type OpenedStudy, type StoreAtWork } from "./storeLaw.ts";

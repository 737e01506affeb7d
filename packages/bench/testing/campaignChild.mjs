/**
 * A process that runs a campaign in a folder, for tests of its lock. It runs the built package: `npm run build` makes it.
 *
 * `node campaignChild.mjs FOLDER OPTIONS` says `asked N` at each ask of its strategy, counted from 1. At ask `stopAt` of the options it
 * waits until the file `go` of the options exists. In the end it says `done`, or `refused CODE`.
 */
import { existsSync } from "node:fs";
import { nodeDisk, thisMachine } from "@caviar-hpo/runtime/disk";
import { createStrategy, findStrategy } from "@caviar-hpo/tune";
import { runCampaignOn } from "../dist/campaign/campaign.js";

const [folder, options] = process.argv.slice(2);
const { plan, stopAt, go, planted } = JSON.parse(options);
const say = (line) => process.stdout.write(`${line}\n`);
const pause = new Int32Array(new SharedArrayBuffer(4));

let asks = 0;
const random = createStrategy("random");
const card = {
  ...findStrategy("random"),
  name: "watched",
  create: () => ({
    ...random,
    name: "watched",
    ask: (state, context, want, nextTrial) => {
      say(`asked ${++asks}`);
      while (asks === stopAt && !existsSync(go)) Atomics.wait(pause, 0, 0, 5);
      return random.ask(state, context, want, nextTrial);
    },
  }),
};

/** A bug to be found: every other process counts as ended. */
const machine = planted ? { ...thisMachine(), processOf: () => ({ running: false, started: null }) } : thisMachine();

try {
  await runCampaignOn({ disk: nodeDisk, machine, clockMs: () => 0 }, plan, folder, { command: "none", cards: [card], workers: 1 });
  say("done");
} catch (error) {
  say(`refused ${error.code ?? error.message}`);
}

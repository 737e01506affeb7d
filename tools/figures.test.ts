import { describe, expect, it } from "vitest";
import { figures, moments, warpPanels } from "./figures.ts";
import { crews, howFarFigures, speedUps } from "./howFarFigures.ts";

const speedUpLines = speedUps();

/** `npm run docs:figures` rewrites the files, as does `npm run test:update`. */
describe("the pictures of the documentation", () => {
  it.each([...figures(), ...howFarFigures(speedUpLines)])("%s is what the command draws", async (name, svg) => {
    await expect(svg).toMatchFileSnapshot(`../docs/figures/${name}`);
  });

  it.each(moments().map((moment) => [moment.panel.title, moment] as const))("with %s show what the ask saw", (_title, { panel, job }) => {
    expect(job.note).toMatchObject({ decided: "model", warp: "identity", noise: "none" });
    // The suggested point is the summit: no point of the grid is worth more, and its neighbours there are worth nearly as much.
    const [x, utility] = panel.next;
    const highest = Math.max(...panel.acquisition);
    expect(highest).toBeLessThanOrEqual(utility + 1e-6);
    const nearest = panel.x.reduce((best, at, index) => (Math.abs(at - x) < Math.abs(panel.x[best]! - x) ? index : best), 0);
    expect(panel.acquisition[nearest]).toBeGreaterThan(utility - 1);
  });

  it("with a running trial have its point, certainty there, and no less anywhere else than there was", () => {
    const [, alone, beside] = moments();
    expect(beside!.panel.pending).toEqual([alone!.job.config.x]);
    expect(beside!.panel.observed).toEqual(alone!.panel.observed);
    const [pending] = beside!.panel.pending;
    const near = beside!.panel.x.findIndex((x) => x >= pending!);
    expect(beside!.panel.sd[near]).toBeLessThan(0.2 * alone!.panel.sd[near]!);
    beside!.panel.sd.forEach((sd, index) => {
      expect(sd).toBeLessThanOrEqual(alone!.panel.sd[index]! * (1 + 1e-9) + 1e-9);
    });
  });

  it("of speed-ups show what their page says", () => {
    const at = (name: string, workers: number): number => speedUpLines.find((one) => one.name === name)!.speedUps[crews.indexOf(workers)]!;
    for (const name of ["asha, promotion", "asha, stopping"]) {
      expect(at(name, 10)).toBeGreaterThan(8);
      expect(at(name, 500)).toBeGreaterThan(40);
    }
    expect(at("hyperband, overlap", 500)).toBeGreaterThan(30);
    expect(at("hyperband", 500)).toBeLessThan(1.1);
  });

  it("of warps mark one as chosen", () => {
    expect(warpPanels().filter(({ chosen }) => chosen)).toHaveLength(1);
  });
});

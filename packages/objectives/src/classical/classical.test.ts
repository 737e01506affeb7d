/** The classical functions against the values derived at 50 digits (`golden/classical.py`) and against the published tables. */
import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { testFunction } from "../catalogue.ts";
import type { TestFunction } from "../testFunction.ts";
import golden from "./classical.golden.json" with { type: "json" };
import { activeCoordinates } from "./embedded.ts";
import { michalewiczMinima } from "./michalewiczMinima.ts";

type Golden = {
  readonly optimum: string;
  readonly minimisers?: readonly (readonly number[])[];
  readonly active?: readonly number[];
  readonly probe?: readonly number[];
  readonly probeValue: string;
};
const entries = Object.entries(golden.functions as { readonly [id: string]: Golden });

describe.each(entries)("%s", (id, entry) => {
  const fn = testFunction(id);

  it("has the derived optimum, to the last digits of a double", () => {
    const expected = Number(entry.optimum);
    expect(Math.abs(fn.optimum.value - expected)).toBeLessThanOrEqual(3e-16 * fn.bounds.length * Math.abs(expected));
  });

  it("lists the derived minimisers, all of them", () => {
    if (entry.minimisers === undefined) {
      expect(fn.minimisersComplete).toBe(false);
      return;
    }
    expect(fn.minimisersComplete).toBe(true);
    expect(fn.minimisers.length).toBe(entry.minimisers.length);
    entry.minimisers.forEach((minimiser, n) => {
      minimiser.forEach((expected, k) => {
        expect(Math.abs(fn.minimisers[n]![k]! - expected)).toBeLessThanOrEqual(4e-16 * Math.abs(expected));
      });
    });
  });

  it("has the derived value at the probe point", () => {
    const x = probe(fn);
    if (entry.probe !== undefined) expect(Array.from(x)).toEqual(entry.probe);
    expect(relativeError(fn.evaluate(x), Number(entry.probeValue))).toBeLessThanOrEqual(1e-13);
  });
});

describe("an embedded function", () => {
  it.each(entries.filter(([, entry]) => entry.active !== undefined))("%s uses the published coordinates and no other", (id, entry) => {
    const fn = testFunction(id);
    expect(activeCoordinates(entry.active!.length, fn.bounds.length)).toEqual(entry.active);
    const x = probe(fn);
    const before = fn.evaluate(x);
    const matters = fn.bounds.flatMap((_, k) => {
      const kept = x[k]!;
      x[k] = kept / 2;
      const changed = fn.evaluate(x) !== before;
      x[k] = kept;
      return changed ? [k] : [];
    });
    expect(matters).toEqual(entry.active);
  });
});

describe("the one-dimensional minima of Michalewicz's function", () => {
  it("are the derived ones, a hundred of them", () => {
    expect(michalewiczMinima).toEqual(golden.michalewicz);
    expect(michalewiczMinima.length).toBe(100);
  });
});

// Published constants, written out from the literature and from a derivation that shares no code with `golden/classical.py`.
describe("the published optimum", () => {
  it.each([
    ["branin", 0.3978873577297383],
    ["hartmann3", -3.8627797873326624],
    ["hartmann3-alt", -3.8627821478207554],
    ["hartmann4", -3.134494141222399],
    ["hartmann6", -3.3223680114155147],
    ["ackley-d5", 0],
    ["rosenbrock-d5", 0],
    ["rosenbrock-narrow-d5", 0],
    ["levy-d5", 0],
    ["rastrigin-d5", 0],
    ["griewank-d5", 0],
    ["schwefel-d5", 0],
    ["styblinski-tang-d5", -39.16616570377141 * 5],
    ["michalewicz-d2", -1.8013034100985525],
    ["michalewicz-d5", -4.687658179088146],
    ["michalewicz-d10", -9.66015171564134],
    ["michalewicz-d20", -19.63701359934942],
    ["shekel5", -10.153199679058227],
    ["shekel7", -10.40294056681866],
    ["shekel10", -10.536409816692043],
    ["shekel5-sfu", -10.153199679058227],
    ["shekel7-sfu", -10.402915336777744],
    ["shekel10-sfu", -10.536443153483528],
    ["goldstein-price", 3],
    ["goldstein-price-log", -3.129125550610585],
    ["six-hump-camel", -1.0316284534898774],
    ["three-hump-camel", 0],
    ["booth", 0],
    ["matyas", 0],
    ["bohachevsky", 0],
    ["beale", 0],
    ["bukin6", 0],
    ["cosine-mixture-d8", -0.8],
    ["drop-wave", -1],
    ["eggholder", -959.6406627208509],
    ["powell-d8", 0],
    ["sphere-d5", 0],
    ["zakharov-d5", 0],
    ["dixon-price-d5", 0],
    ["trid-d6", -50],
    ["trid-d10", -210],
    ["mccormick", -1.9132229549810364],
    ["holder-table", -19.20850256788675],
    ["cross-in-tray", -2.062611870822737],
    ["schaffer-n4", 0.29257863203598056],
    ["alpine2-d1", -2.808131180007005],
    ["forrester", -6.0207400557670825],
    ["branin-in-d100", 0.3978873577297383],
    ["hartmann6-in-d1000", -3.3223680114155147],
  ])("of %s is %d", (id, value) => {
    expect(relativeError(testFunction(id).optimum.value, value)).toBeLessThanOrEqual(1e-15);
  });
});

describe("a published minimiser", () => {
  it.each<[string, readonly number[]]>([
    ["branin", [Math.PI, 2.275]],
    ["hartmann3", [0.114588876655069, 0.55564889461693, 0.8525469846866774]],
    ["hartmann3-alt", [0.114614338589672, 0.5556488499718569, 0.8525469535208658]],
    ["hartmann4", [0.1873952729734667, 0.1941515293024407, 0.557917780062569, 0.2647796241703971]],
    ["hartmann6", [0.2016895110067054, 0.150010691823458, 0.4768739742218997, 0.2753324304940561, 0.3116516166001132, 0.6573005340656203]],
    ["schwefel-d2", [420.968746359982, 420.968746359982]],
    ["styblinski-tang-d2", [-2.903534027771177, -2.903534027771177]],
    ["michalewicz-d3", [2.202905520172609, Math.PI / 2, 1.284991570552924]],
    ["shekel10", [4.00074653159205, 4.00059293413853, 3.99966339804032, 3.99950980058681]],
    ["shekel10-sfu", [4.00074686827063, 3.99950948008577, 4.00074686827063, 3.99950948008577]],
    ["goldstein-price", [0, -1]],
    ["six-hump-camel", [0.08984201310031806, -0.7126564030207396]],
    ["beale", [3, 0.5]],
    ["bukin6", [-10, 1]],
    ["eggholder", [512, 404.2318051137578]],
    ["mccormick", [0.5 - Math.PI / 3, -0.5 - Math.PI / 3]],
    ["holder-table", [8.05502347, 9.66459002]],
    ["cross-in-tray", [-1.349406617153911, 1.349406617153911]],
    ["schaffer-n4", [0, 1.2531318314637332]],
    ["alpine2-d2", [7.917052684666207, 7.917052684666207]],
    ["forrester", [0.7572487578418559]],
    ["trid-d6", [6, 10, 12, 12, 10, 6]],
  ])("of %s is listed", (id, published) => {
    const near = testFunction(id).minimisers.filter((m) => m.every((value, k) => relativeError(value, published[k]!) < 2e-9));
    expect(near.length).toBe(1);
  });
});

describe("the published probe", () => {
  it.each([
    ["branin", 31.909710348059424],
    ["hartmann3", -0.07449765061154312],
    ["hartmann4", 0.4601782563075253],
    ["hartmann6", -0.029000615186461312],
    ["ackley-d5", 20.998798841616317],
    ["rosenbrock-d5", 616531.5],
    ["levy-d5", 41.46371483997713],
    ["rastrigin-d5", 39.438397165740014],
    ["griewank-d5", 123.48983661821775],
    ["schwefel-d5", 1375.5956273607587],
    ["styblinski-tang-d5", -87],
    ["michalewicz-d5", -0.00018082538846116993],
    ["shekel10", -0.49338122635037635],
    ["shekel10-sfu", -0.48662010684420853],
    ["goldstein-price", 42200],
    ["six-hump-camel", 0.519168],
    ["beale", 40.05559476],
    ["bukin6", 49.009794855663564],
    ["cosine-mixture-d8", 2.4],
    ["drop-wave", -0.0031603372778673724],
    ["eggholder", 204.27532230622626],
    ["powell-d8", 16586.7517],
    ["zakharov-d5", 224368.94140625],
    ["dixon-price-d5", 88313],
    ["forrester", -0.01557673369234602],
  ])("of %s is %d", (id, value) => {
    const fn = testFunction(id);
    expect(relativeError(fn.evaluate(probe(fn)), value)).toBeLessThanOrEqual(1e-12);
  });
});

describe("a dimension that does not fit", () => {
  it.each([
    "ackley-d0",
    "rosenbrock-d1",
    "powell-d6",
    "michalewicz-d101",
    "alpine2-d101",
    "trid-d1",
    "sphere-d4097",
    "branin-in-d1",
    "hartmann6-in-d5",
    "shekel6",
  ])("%s is refused", (id) => {
    expect(() => testFunction(id)).toThrow(ConfigError);
  });
});

/** low + (high - low) u, with the published u, cycled. */
function probe(fn: TestFunction): Float64Array {
  const u = [0.3, 0.7, 0.2, 0.9, 0.4, 0.6, 0.1, 0.8];
  return Float64Array.from(fn.bounds, ([low, high], k) => low + (high - low) * u[k % 8]!);
}

function relativeError(got: number, expected: number): number {
  return expected === 0 ? Math.abs(got) : Math.abs(got - expected) / Math.abs(expected);
}

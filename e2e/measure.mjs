//! How long until a first visit shows its first verdict, on this machine and four times slower, with nothing cached.
//!
//! Prints one line for each page and speed: median and slowest of some loads, each in a new profile. The page itself
//! sets the mark `first verdict`. PEER names a folder with the files of npm's @astral-sh/ruff-wasm-web, which runs in a
//! published playground (https://play.ruff.rs). That page is not on npm, so its wasm stands here in the smallest page
//! that shows its first diagnostic: less than a visitor of theirs has to wait for.
import { existsSync, mkdirSync, mkdtempSync, cpSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./support/server.mjs";

const LOADS = Number(process.env.LOADS ?? 5);
const MARK = "first verdict";
const executablePath =
  process.env.CHROME ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((file) => existsSync(file));
const pageFolder = process.env.PAGE ?? fileURLToPath(new URL("../dist", import.meta.url));

const PEER_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Peer</title></head><body><pre></pre><script type="module">
import init, { Workspace, PositionEncoding } from "./ruff_wasm.js";
await init();
const workspace = new Workspace(Workspace.defaultSettings(), PositionEncoding?.Utf16 ?? 0);
document.querySelector("pre").textContent = workspace.check("import os\\n").map((it) => it.message).join("\\n");
performance.mark("${MARK}");
</script></body></html>`;

/** One load in a new profile: milliseconds from the start of the navigation to the first paint and to the mark. */
async function load(address, slowdown) {
  const folder = mkdtempSync(join(tmpdir(), "scp-playground-measure-"));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    headless: true,
    serviceWorkers: "block",
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.goto(address);
    await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, MARK, { timeout: 120_000 });
    return await page.evaluate((mark) => {
      const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
      const bytes = performance.getEntriesByType("resource").reduce((sum, it) => sum + it.encodedBodySize, 0);
      return { paint, verdict: performance.getEntriesByName(mark)[0].startTime, bytes };
    }, MARK);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(name, folder) {
  const server = await serve(folder);
  try {
    for (const slowdown of [1, 4]) {
      const loads = [];
      for (let number = 0; number < LOADS; number += 1) loads.push(await load(server.address, slowdown));
      const verdicts = loads.map((it) => it.verdict);
      const milliseconds = (value) => (Number.isNaN(value) ? "unknown" : `${Math.round(value)} ms`).padStart(8);
      console.log(
        `${name.padEnd(16)} cpu ${slowdown === 1 ? "as it is" : "4x slower"}  first paint ${milliseconds(median(loads.map((it) => it.paint)))}` +
          `  ${MARK} ${milliseconds(median(verdicts))} (slowest ${milliseconds(Math.max(...verdicts)).trim()})  ${Math.round(loads[0].bytes / 1000)} kB uncompressed`,
      );
    }
  } finally {
    await server.close();
  }
}

await measure("SCP Playground", pageFolder);
if (process.env.PEER) {
  const folder = mkdtempSync(join(tmpdir(), "scp-playground-peer-"));
  cpSync(process.env.PEER, folder, { recursive: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), PEER_PAGE);
  await measure("ruff (its wasm)", folder);
  rmSync(folder, { recursive: true });
}

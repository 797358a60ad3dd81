//! Takes the time of what `crates/effective/examples/scale_wasm.rs` does, in Chromium: node scale.mjs BINDINGS SIZES
//!
//! SIZES are pairs such as 1000x20: accounts, and principals in each. Every size gets a browser of its own.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./support/server.mjs";

const [, , bindings, ...sizes] = process.argv;
const executablePath =
  process.env.CHROME ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((file) => existsSync(file));

/** Runs in the browser: a line for each thing that is measured. */
async function measure([accounts, principals]) {
  const { default: start, Scale, memory_size } = await import("./scale_wasm.js");
  await start({ module_or_path: "./scale_wasm_bg.wasm" });
  const lines = [];
  const line = (name, text) => lines.push(`  ${name.padEnd(28)} ${text}`);
  const memory = (name) => line(name, `${(memory_size() / 1e6).toFixed(0)} MB`);
  const timed = (work) => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };
  // Takes the time of `work` for each turn, which `edit` prepares. In between the browser may draw and tidy up.
  const measured = async (name, turns, edit, work) => {
    const times = [];
    for (let turn = 1; turn <= turns; turn += 1) {
      edit(turn);
      await new Promise((resolve) => setTimeout(resolve));
      times.push(timed(work));
    }
    times.sort((a, b) => a - b);
    const of = (at) => `${times[at].toFixed(2)} ms`;
    line(name, `${of(0)} at best, ${of(Math.floor(turns / 2))} in the middle, ${of(turns - 1)} at worst of ${turns}`);
  };
  const scale = new Scale(accounts, principals);
  memory("memory before");
  line("everybody, at first", `${timed(() => scale.compute()).toFixed(0)} ms`);
  memory("memory behind");
  const compute = () => scale.compute();
  await measured("an SCP at the root", 21, (turn) => scale.edit_root(turn), compute);
  await measured("the regions at the root", 21, (turn) => scale.edit_regions(turn), compute);
  await measured("an SCP at an OU", 21, (turn) => scale.edit_unit(turn), compute);
  await measured("the policy of a role", 21, (turn) => scale.edit_role(turn), compute);
  await measured("one principal, all actions", 41, (turn) => scale.edit_role(turn + 100), () => scale.one_principal());
  line("the difference to the first", `${timed(() => scale.difference()).toFixed(1)} ms`);
  memory("memory at the end");
  return lines;
}

// Of its own origin alone, so that the browser's clock is fine enough.
const server = await serve(bindings, {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
});
try {
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "scp-playground-scale-"));
    const context = await chromium.launchPersistentContext(folder, {
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
      headless: true,
    });
    const [accounts, principals] = size.split("x").map(Number);
    console.log(`${accounts} accounts with ${principals} principals each`);
    const page = context.pages()[0] ?? (await context.newPage());
    // Any document of this origin will do.
    await page.goto(`${server.address}scale_wasm.js`);
    (await page.evaluate(measure, [accounts, principals])).forEach((line) => console.log(line));
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
} finally {
  await server.close();
}

//! How long from a key in the policy editor until the new answer is painted, in an organization of a hundred accounts.
//!
//! Every key changes the decision. Times are from the key's event until the new verdict stands in the page, and until the
//! frame with it has been painted; a browser paints a frame each 16.7 ms, so the second one has waited for the next.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { open } from "./support/page.mjs";
import { answerIs, openPolicy } from "./support/playground.mjs";
import { organization } from "./support/scale.mjs";
import { serve } from "./support/server.mjs";

const ACCOUNTS = Number(process.env.ACCOUNTS ?? 100);
const KEYS = 60;
const executablePath =
  process.env.CHROME ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((file) => existsSync(file));
const pageFolder = process.env.PAGE ?? fileURLToPath(new URL("../dist", import.meta.url));

const server = await serve(pageFolder);
const folder = mkdtempSync(join(tmpdir(), "scp-playground-typing-"));
const context = await chromium.launchPersistentContext(folder, {
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  headless: true,
  serviceWorkers: "block",
  viewport: { width: 1440, height: 900 },
});
try {
  const page = context.pages()[0] ?? (await context.newPage());
  await open(page, server.address);
  const text = JSON.stringify(organization(ACCOUNTS));
  await page.locator("input[type=file]").setInputFiles({ name: "large.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "A thousand accounts", exact: true }).waitFor();
  await answerIs(page, "Denied explicitly");
  const editor = await openPolicy(page, "DenyEc2");
  await editor.click();
  // Behind the action's last letter: with a key more the SCP denies nothing, and with the next one it does again.
  await page.locator(".cm-line", { hasText: "ec2:" }).first().click();
  await page.keyboard.press("End");
  for (const key of ["ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
  await page.evaluate(() => {
    const verdict = () => document.querySelector(".why-verdict-words").textContent;
    globalThis.painted = [];
    const seen = (event) => {
      const [begun, before] = [event.timeStamp, verdict()];
      const since = () => performance.now() - begun;
      const times = {};
      const observer = new MutationObserver(() => {
        if (verdict() === before) return;
        observer.disconnect();
        times.there = since();
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => globalThis.painted.push({ ...times, painted: since() });
          channel.port2.postMessage(0);
        });
      });
      observer.observe(document.querySelector("#pane-why"), { childList: true, subtree: true, characterData: true });
    };
    addEventListener("keydown", seen, true);
  });
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press(key % 2 ? "Backspace" : "x");
    await page.waitForFunction((count) => globalThis.painted.length > count, key);
  }
  const times = await page.evaluate(() => globalThis.painted);
  const shown = (name) => {
    const sorted = times.map((it) => it[name]).sort((a, b) => a - b);
    const of = (at) => `${sorted[at].toFixed(0)} ms`;
    return `after ${of(Math.floor(KEYS / 2))} in the middle (${of(KEYS - 1)} at worst)`;
  };
  console.log(`a key in an SCP above ${ACCOUNTS} accounts: the new verdict is there ${shown("there")}, painted ${shown("painted")}, of ${KEYS}`);
} finally {
  await context.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  await server.close();
}

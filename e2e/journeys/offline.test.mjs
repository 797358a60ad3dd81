//! The page is installed by the first visit: it opens without a network, and a new release comes as a whole or not at all.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { journey, open } from "../support/page.mjs";
import { answerIs, openPolicy, rename } from "../support/playground.mjs";

const dist = process.env.PAGE ?? fileURLToPath(new URL("../../dist", import.meta.url));
const installed = { serviceWorkers: "allow" };

/** Waits until the service worker has everything and answers for this page. */
async function isInstalled(page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

/** Another release in a folder of its own: the same, but for a mark in its page. */
function release({ whole }) {
  const folder = mkdtempSync(join(tmpdir(), "scp-playground-release-"));
  cpSync(dist, folder, { recursive: true });
  const page = join(folder, "index.html");
  const text = readFileSync(page, "utf8");
  const version = /boot\.js\?v=(\w+)/.exec(text)[1];
  const marked = text.replaceAll(version, `${version}next`).replace("<html ", '<html data-release="next" ');
  if (whole) writeFileSync(page, marked);
  const digest = `sha256-${createHash("sha256").update(marked).digest("base64")}`;
  const worker = join(folder, "sw.js");
  const changed = readFileSync(worker, "utf8").replace(version, `${version}next`).replace(/("index\.html":)"[^"]+"/, `$1"${digest}"`);
  writeFileSync(worker, changed);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

const cut = { ...installed, allow: [/net::ERR_/, /Failed to (load|fetch|update)/] };

journey("after the first visit the page works without a network", cut, async ({ page, address, server, context, picture }) => {
  await open(page, address);
  await isInstalled(page);
  await rename(page, "Made with a network");
  server.cut();
  await page.reload();
  await page.waitForFunction(() => !document.querySelector(".boot"));
  await page.getByRole("button", { name: "Made with a network", exact: true }).waitFor();
  await answerIs(page, "Denied explicitly");
  await openPolicy(page, "DenyEc2InDev");
  await picture("offline");

  const other = await context.newPage();
  await open(other, `${address}index.html?view=tree#json=${encodeURIComponent('{"format":1,"title":"By link"}')}`);
  await other.getByText("You are looking at By link, which came with a link.").waitFor();
});

journey("the page can be installed", installed, async ({ page, address }) => {
  await open(page, address);
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector("link[rel=manifest]");
    const manifest = await (await fetch(link.href)).json();
    const icons = await Promise.all(manifest.icons.map(async ({ src, sizes }) => {
      const icon = new Image();
      icon.src = new URL(src, link.href);
      await icon.decode();
      return sizes === "any" || sizes === `${icon.naturalWidth}x${icon.naturalHeight}`;
    }));
    return { ...manifest, icons, scope: new URL(manifest.scope, link.href).href };
  });
  assert.equal(manifest.scope, address);
  assert.equal(manifest.display, "standalone");
  assert.deepEqual(manifest.icons, manifest.icons.map(() => true), "each icon has the size that it says");
  const cdp = await page.context().newCDPSession(page);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  // A private window, which is what a journey has, is the one thing that stands against it.
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
});

journey("a new release is offered, and comes as a whole", installed, async ({ page, address, server, picture }) => {
  const next = release({ whole: true });
  try {
    await open(page, address);
    await isInstalled(page);
    await page.reload();
    await rename(page, "Made with the old release");
    server.serveFrom(next.folder);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    const line = page.getByRole("region", { name: "New version" });
    await line.waitFor();
    await picture("new-release");
    assert.equal(await page.locator("html[data-release=next]").count(), 0, "nothing changes by itself");
    await line.getByRole("button", { name: "Load it" }).click();
    await page.locator("html[data-release=next]").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Made with the old release", exact: true }).waitFor();
  } finally {
    next.remove();
  }
});

const half = { ...installed, allow: [/integrity/] };

journey("half a release is not taken", half, async ({ page, address, server }) => {
  const next = release({ whole: false });
  try {
    await open(page, address);
    await isInstalled(page);
    server.serveFrom(next.folder);
    const state = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const worker = new Promise((resolve) => registration.addEventListener("updatefound", () => resolve(registration.installing)));
      await registration.update().catch(() => {});
      const found = await worker;
      await new Promise((resolve) => {
        const look = () => (found.state === "redundant" || found.state === "installed") && resolve();
        found.addEventListener("statechange", look);
        look();
      });
      return found.state;
    });
    assert.equal(state, "redundant");
    await page.reload();
    await answerIs(page, "Denied explicitly");
    assert.equal(await page.getByRole("region", { name: "New version" }).count(), 0);
  } finally {
    next.remove();
  }
});

//! One journey: the built page on a server of its own, in a browser of its own, with every complaint collected.
//!
//! A journey fails when the browser reports an error, whatever else it checked. Waits are on conditions only.
//! What a journey needs comes from the environment, with the repository's own places as defaults:
//! CHROME (the browser), PAGE (the built page), PICTURES (where pictures go).
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const pageFolder = process.env.PAGE ?? join(repository, "dist");
const pictureFolder = process.env.PICTURES ?? join(repository, "target/journeys");
const browserProgram =
  process.env.CHROME ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file));

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** How long one thing may take: continuous integration has two slow cores, and the page is not to blame for that. */
const PATIENCE = 60_000;

export const wide = { width: 1440, height: 900 };
export const narrow = { width: 380, height: 800 };

/**
 * Declares a journey.
 *
 * @param {string} name what a person does and sees, as a sentence
 * @param {object} options `viewport` (wide), `colorScheme` ("light"), `allow` (patterns of expected complaints),
 *   anything else goes to the browser's context. Without `serviceWorkers: "allow"` everything comes from the server.
 * @param {(journey: object) => Promise<void>} walk gets `page`, `address`, `server`, `picture(name)`, `context`, and
 *   `newProfile()`, which opens a second browser without anything the first one has stored
 */
export function journey(name, options, walk) {
  test(name, { timeout: 4 * PATIENCE }, (t) => walkOnce(name, options, walk, (words) => t.diagnostic(words)));
}

async function walkOnce(name, options, walk, say) {
  const { allow = [], ...settings } = options;
  const server = await serve(pageFolder);
  const profiles = [];
  const complaints = [];
  const newProfile = async (changes = {}) => {
    const profile = await openProfile({ ...settings, ...changes }, complaints, say);
    profiles.push(profile);
    return profile;
  };
  try {
    const { context, page } = await newProfile();
    await walk({ context, page, server, address: server.address, picture: (title) => picture(page, title), newProfile });
    const unexpected = complaints.filter((text) => !allow.some((pattern) => pattern.test(text)));
    assert.deepEqual(unexpected, [], "the browser complained");
  } catch (error) {
    await report(name, profiles, complaints, error);
    throw error;
  } finally {
    for (const profile of profiles) await profile.close();
    await server.close();
  }
}

/** Whoever reads only the log learns what the browser said and what it showed. */
async function report(name, profiles, complaints, error) {
  if (complaints.length > 0 && !(error instanceof assert.AssertionError)) {
    error.message += `\nthe browser said: ${complaints.slice(0, 5).join("\n  ")}`;
  }
  for (const [index, { page }] of profiles.entries()) {
    await picture(page, `failed-${name.replace(/[^a-z0-9]+/gi, "-")}-${index + 1}`).catch(() => {});
  }
}

async function openProfile({ viewport = wide, colorScheme = "light", ...settings }, complaints, say) {
  assert.ok(browserProgram, "no browser: name one in CHROME");
  const options = {
    executablePath: browserProgram,
    args: flags,
    headless: true,
    serviceWorkers: "block",
    viewport,
    colorScheme,
    timeout: PATIENCE,
    ...settings,
  };
  const { folder, context } = await start(options, say);
  context.setDefaultTimeout(PATIENCE);
  await listen(context, complaints);
  const page = context.pages()[0] ?? (await context.newPage());
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return { context, page, picture: (title) => picture(page, title), close };
}

/**
 * A browser with a new profile. On a busy machine one does not start now and then: then another is started, and that is
 * said. The journey itself is walked once, for what fails now and then in the page is wrong.
 */
async function start(options, say) {
  const begin = async () => {
    const folder = mkdtempSync(join(tmpdir(), "scp-playground-journey-"));
    return { folder, context: await chromium.launchPersistentContext(folder, options) };
  };
  try {
    return await begin();
  } catch (error) {
    say(`BROWSER STARTED AGAIN after: ${String(error.message).split("\n")[0]}`);
    return begin();
  }
}

/** Errors on the console, exceptions nobody caught, what the page's own policy blocked, and failed requests. */
async function listen(context, complaints) {
  context.on("console", (message) => {
    if (/Service Worker registration blocked by Playwright/.test(message.text())) return;
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`exception: ${error.error().stack ?? error.error()}`));
  context.on("requestfailed", (request) => {
    // What the page asked for and then left by itself is no complaint.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") complaints.push(`request: ${request.url()} ${reason}`);
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} blocked ${event.blockedURI || "something inline"}`);
    });
  });
}

/** Keeps a picture of what the page shows, for people to look at. */
async function picture(page, title) {
  mkdirSync(pictureFolder, { recursive: true });
  await page.screenshot({ path: join(pictureFolder, `${title}.png`) });
}

/** Opens the page and waits until its program has replaced the frame. */
export async function open(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => !document.querySelector(".boot"));
}

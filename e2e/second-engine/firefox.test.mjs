//! The way through the page in a second engine, Gecko: open, ask, edit, type, share, reload.
//!
//! FIREFOX names the program. Without one nothing is tested, and that is said.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../support/firefox.mjs";
import { serve } from "../support/server.mjs";

const program =
  process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((file) => existsSync(file));
const pageFolder = process.env.PAGE ?? fileURLToPath(new URL("../../dist", import.meta.url));
const pictures = process.env.PICTURES ?? tmpdir();

const options = { timeout: 600_000, skip: program ? false : "no Firefox on this machine" };
const CONTROL_HOME = "\uE009\uE011\uE000";
const CONTROL_Z = "\uE009z\uE000";
const DELETE = "\uE017";

/** Opens the page and waits until its program has replaced the frame. */
async function open(browser, address) {
  await browser.open(address);
  await browser.holds("the page", "return !document.querySelector('.boot') && !!document.querySelector('.page')");
}

const answerIs = (browser, words) => browser.sees(".why-verdict-words", words);

test("in Firefox: open, ask, edit, type in the editor, share, reload", options, async () => {
  const server = await serve(pageFolder);
  const complaints = [];
  const browsers = [];
  const start = async () => {
    browsers.push(await launch(program, complaints));
    return browsers.at(-1);
  };
  try {
    const browser = await start();
    await open(browser, server.address);
    await answerIs(browser, "Denied explicitly");
    await browser.click("button", "Next question");
    await answerIs(browser, "Allowed");
    await browser.click("button", "Previous question");
    await answerIs(browser, "Denied explicitly");

    await browser.click("#pane-organization .entry", "DenyEc2InDev");
    await browser.sees(".cm-content");
    await browser.type(".cm-content", "", CONTROL_HOME + DELETE);
    await answerIs(browser, "Allowed");
    await browser.type(".cm-content", "", CONTROL_Z);
    await answerIs(browser, "Denied explicitly");

    await browser.click("button", "Detach from Development");
    await answerIs(browser, "Allowed");
    mkdirSync(pictures, { recursive: true });
    await browser.picture(join(pictures, "firefox.png"));

    await browser.click("button", "Share");
    const link = await browser.holds(
      "the link",
      "return document.querySelector('input[aria-label=\"Link to this scenario\"]')?.value",
    );
    assert.match(link, /#\w+/);

    await browser.holds(
      "the edit to be kept",
      "return Object.values(localStorage).some((text) => text.includes('p-denyec2dev') && !/\"attachedPolicies\":\\s*\\[[^\\]]*p-denyec2dev/.test(text))",
    );
    await browser.reload();
    await browser.holds("the page", "return !document.querySelector('.boot') && !!document.querySelector('.page')");
    await answerIs(browser, "Allowed");

    const other = await start();
    await open(other, link);
    await answerIs(other, "Allowed");
    await other.sees(".banner", "came with a link");
  } finally {
    for (const browser of browsers) await browser.close();
    await server.close();
  }
  assert.deepEqual(complaints, [], "the browser complained");
});

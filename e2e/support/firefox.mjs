//! Firefox, driven over its own protocol, Marionette: a socket, lengths and JSON, so no driver program is needed.
//!
//! Follows https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html; commands are WebDriver's.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Long enough for a busy machine with two cores. */
const PATIENCE = 120_000;

const PREFERENCES = {
  "app.update.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.dom.window.dump.enabled": true,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "devtools.console.stdout.content": true,
  "marionette.port": 0,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
};

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Starts a Firefox with a profile of its own; `complaints` collects what it reports as an error of the page. */
export async function launch(program, complaints) {
  const folder = mkdtempSync(join(tmpdir(), "scp-playground-firefox-"));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  writeFileSync(join(folder, "user.js"), lines.join("\n"));
  const child = spawn(program, ["--headless", "--marionette", "--no-remote", "--profile", folder], {
    env: { ...process.env, HOME: folder, MOZ_HEADLESS_WIDTH: "1440", MOZ_HEADLESS_HEIGHT: "900" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      const errors = text.split("\n").filter((line) => /console\.error: "|JavaScript error: http/.test(line));
      complaints.push(...errors);
    });
  }
  const marionette = await open(await port(folder, child));
  await marionette.send("WebDriver:NewSession", { capabilities: { alwaysMatch: { pageLoadStrategy: "normal" } } });
  await marionette.send("WebDriver:SetTimeouts", { script: PATIENCE, pageLoad: PATIENCE, implicit: 0 });
  const close = async () => {
    await marionette.send("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => child.kill());
    marionette.end();
    await gone;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return { ...actions(marionette), close };
}

/** Firefox chooses a free port and writes it into its profile. */
async function port(folder, child) {
  const file = join(folder, "MarionetteActivePort");
  return until(() => {
    assert.equal(child.exitCode, null, "Firefox ended before it was ready");
    return existsSync(file) && Number(readFileSync(file, "utf8"));
  }, "Firefox's port");
}

/** Asks until the answer is something: browsers cannot be waited for in any other way from outside. */
async function until(ask, what) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await pause(50);
  }
}

/** Messages are `length:json`: [0, id, command, parameters] there, [1, id, error, result] back. */
function open(port) {
  const socket = connect(port, "127.0.0.1");
  const waiting = new Map();
  let received = Buffer.alloc(0);
  let last = 0;
  socket.on("data", (data) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const colon = received.indexOf(":");
      const length = Number(received.subarray(0, colon));
      if (colon < 0 || received.length < colon + 1 + length) return;
      const message = JSON.parse(received.subarray(colon + 1, colon + 1 + length));
      received = received.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      const { resolve, reject, command } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(`${command}: ${error.error}: ${error.message}`));
      else resolve(result);
    }
  });
  const fail = (error) => {
    for (const { reject } of waiting.values()) reject(error ?? new Error("Firefox hung up"));
    waiting.clear();
  };
  socket.on("error", fail).on("close", () => fail());
  const send = (command, parameters) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject, command });
      const text = JSON.stringify([0, last, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  return new Promise((resolve, reject) => {
    socket.once("error", reject).once("connect", () => resolve({ send, end: () => socket.end() }));
  });
}

/** What a person does, in terms of CSS selectors and texts. */
function actions({ send }) {
  const run = async (script, ...args) => (await send("WebDriver:ExecuteScript", { script, args })).value;
  const visible = `const [selector, text] = arguments;
    return [...document.querySelectorAll(selector)].find((it) => it.checkVisibility() && (!text || it.textContent.includes(text)
      || (it.getAttribute("aria-label") ?? "").includes(text)));`;
  const find = (selector, text) =>
    until(() => run(visible, selector, text ?? ""), `${selector} ${text ?? ""}`).then((it) => it[ELEMENT]);
  return {
    run,
    open: (url) => send("WebDriver:Navigate", { url }),
    reload: () => send("WebDriver:Refresh", {}),
    sees: (selector, text) => find(selector, text),
    holds: (what, script, ...args) => until(() => run(script, ...args), what),
    click: async (selector, text) => send("WebDriver:ElementClick", { id: await find(selector, text) }),
    type: async (selector, text, keys) => send("WebDriver:ElementSendKeys", { id: await find(selector, text), text: keys }),
    picture: async (file) => writeFileSync(file, Buffer.from((await send("WebDriver:TakeScreenshot", { full: false })).value, "base64")),
  };
}

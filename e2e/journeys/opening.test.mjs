//! The page opens: its program replaces the frame, and when it can't come, the page says so.
import assert from "node:assert/strict";
import { journey, narrow, open, wide } from "../support/page.mjs";

journey("a stranger opens the page on a wide screen", { viewport: wide }, async ({ page, address, picture }) => {
  await open(page, address);
  assert.equal(await page.title(), "SCP Playground");
  await page.getByRole("heading", { name: "SCP Playground" }).waitFor();
  await picture("opening-wide");
});

journey("a stranger opens the page on a phone", { viewport: narrow }, async ({ page, address, picture }) => {
  await open(page, address);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} px wider than the phone`);
  await picture("opening-narrow");
});

journey("a stranger opens the page in the dark", { colorScheme: "dark" }, async ({ page, address, picture }) => {
  await open(page, address);
  await picture("opening-dark");
});

const refused = { allow: [/404/, /the server answered 404/] };

journey("the page's program is missing, and the page says so", refused, async ({ page, address, picture }) => {
  await page.route("**/*.wasm*", (route) => route.fulfill({ status: 404 }));
  await page.goto(address);
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), /could not start: the server answered 404/);
  await picture("opening-without-program");
});

const loading = { viewport: wide };

journey("the frame stands while the program is on its way", loading, async ({ page, address, picture }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm*", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "domcontentloaded" });
  await page.getByRole("status").getByText("Loading").waitFor();
  const names = await page.locator(".boot .tree-name").allInnerTexts();
  assert.deepEqual(names.slice(0, 3), ["Root", "Security", "Log archive"], "the example's tree stands there already");
  const place = () => page.locator(".tree-row", { hasText: "Sandbox" }).first().boundingBox();
  const before = await place();
  await picture("opening-loading");
  release();
  await page.waitForFunction(() => !document.querySelector(".boot"));
  const after = await place();
  assert.ok(Math.abs(after.y - before.y) < 2 && Math.abs(after.x - before.x) < 2, "nothing jumps when the program comes");
});

//! A scenario travels as a link, opens beside what the other person has, and a broken link says what is wrong with it.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs, kept, node, openNode, rename, shareLink } from "../support/playground.mjs";

journey("a link opens in another browser, beside what is there", {}, async ({ page, address, picture, newProfile }) => {
  await open(page, address);
  await openNode(page, "Development, organizational unit");
  await page.getByRole("button", { name: "Detach DenyEc2InDev" }).click();
  await answerIs(page, "Allowed");
  const link = await shareLink(page);
  assert.ok(link.length < 2000, `${link.length} characters`);
  await page.getByText(/characters: passes every chat/).waitFor();
  await picture("share");

  const other = await newProfile();
  await open(other.page, address);
  await rename(other.page, "My own company");
  await kept(other.page, "own", /My own company/);
  await other.page.goto(link);
  await other.page.getByText("You are looking at Example Corp, which came with a link.").waitFor();
  await answerIs(other.page, "Allowed");
  await other.picture("shared-scenario");

  await other.page.getByRole("button", { name: "Back to my scenario" }).click();
  await other.page.getByRole("button", { name: "My own company" }).waitFor();
  assert.equal(await other.page.evaluate(() => location.hash), "");
  await other.page.reload();
  await other.page.getByRole("button", { name: "My own company" }).waitFor();
});

journey("a shared scenario that was changed is still changed after a reload", {}, async ({ page, address }) => {
  await open(page, `${address}#json=${encodeURIComponent('{"format":1,"title":"Handmade"}')}`);
  await page.getByText("You are looking at Handmade, which came with a link.").waitFor();
  await rename(page, "Handmade and changed");
  await kept(page, "link", /Handmade and changed/);
  await page.reload();
  await page.getByText("You are looking at Handmade and changed").waitFor();
  await page.getByRole("button", { name: "Make it mine" }).click();
  await page.getByRole("button", { name: "Handmade and changed", exact: true }).waitFor();
  await page.getByRole("button", { name: /^Undo: Open Handmade/ }).click();
  await node(page, "Root, root").waitFor();
});

journey("a broken link says what is wrong with it", {}, async ({ page, address, picture }) => {
  await open(page, address);
  const link = await shareLink(page);
  await page.keyboard.press("Escape");

  await page.goto("about:blank");
  await open(page, link.slice(0, -40));
  const alert = page.getByRole("alert");
  assert.match(await alert.innerText(), /^This link was (cut off|damaged on the way).*Your own scenario is open instead\./s);
  await answerIs(page, "Denied explicitly");
  await picture("broken-link");

  await page.evaluate(() => (location.hash = "#s9.abcdef.000000"));
  await page.getByText("This link was made by a newer version").waitFor();
});

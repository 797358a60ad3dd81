//! A scenario of the gallery with somebody's edits travels as a short link, and opens beside what the other person has.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { rename, shareLink } from "../support/playground.mjs";

journey("an edited scenario of the gallery is a short link", {}, async ({ page, address, newProfile }) => {
  await open(page, `${address}#gallery=region-deny`);
  await page.getByRole("region", { name: "Shared scenario" }).waitFor();
  await rename(page, "Regions, as we do it");
  await shareLink(page);
  // The gallery's own file is fetched for the difference.
  const field = page.getByRole("textbox", { name: "Link to this scenario" });
  await page.waitForFunction((field) => field.value.includes("#g1.region-deny."), await field.elementHandle());
  const link = await field.inputValue();
  assert.ok(link.length <= 300, `${link.length} characters`);

  const other = await newProfile();
  await open(other.page, link);
  await other.page.getByText("You are looking at Regions, as we do it").waitFor();
});

journey("a scenario that the gallery does not have is a sentence", { allow: [/404/] }, async ({ page, address }) => {
  await open(page, `${address}#gallery=no-such-scenario`);
  await page.getByRole("alert").getByText("of the gallery could not be fetched").waitFor();
});

//! The browser keeps nothing, or something that cannot be read: the page works all the same and says so.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs } from "../support/playground.mjs";

journey("storage is blocked, and the page says what that means", {}, async ({ page, address }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    Object.defineProperty(globalThis, "localStorage", { get: refuse });
  });
  await open(page, address);
  await answerIs(page, "Denied explicitly");
  const alert = page.getByRole("alert");
  assert.match(await alert.innerText(), /^This browser does not let the page keep anything/);
});

journey("what cannot be read stays kept, and the seed opens", {}, async ({ page, address }) => {
  await page.addInitScript(() => {
    if (!localStorage.getItem("scp-playground.unreadable")) localStorage.setItem("scp-playground.scenario", '{ "format": 99 }');
  });
  await open(page, address);
  assert.match(await page.getByRole("alert").innerText(), /cannot be read: this scenario was made by a newer version/);
  await answerIs(page, "Denied explicitly");
  assert.equal(await page.evaluate(() => localStorage.getItem("scp-playground.unreadable")), '{ "format": 99 }');
});

//! A person lets the page mend: a mistyped policy, and an answer that should be another one.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs, openPolicy, retype } from "../support/playground.mjs";

const MISTYPED = `{
  "Version": "2012-10-17",
  "Statement": [
    { "effect": "Deny", "Action": "ec2:*", "Resource": "*" }
  ]
}`;

journey("a mistyped element is mended with one click, and undone", {}, async ({ page, address, picture }) => {
  await open(page, address);
  const editor = await openPolicy(page, "DenyEc2InDev");
  await retype(page, editor, MISTYPED);
  await answerIs(page, "Allowed");
  await page.getByRole("button", { name: "AWS would not save DenyEc2InDev as it stands" }).waitFor();
  await picture("policy-fix");
  await page.getByRole("button", { name: /^Fix: .*Effect/ }).click();
  await answerIs(page, "Denied explicitly");
  assert.match(await editor.innerText(), /"Effect": "Deny"/);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await answerIs(page, "Allowed");
});

journey("what would allow it is one click, and undone", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await answerIs(page, "Denied explicitly");
  await page.getByRole("button", { name: "What would allow it" }).click();
  await page.locator(".why-flip").first().waitFor();
  await picture("flips");
  await page.getByRole("button", { name: /Detach DenyEc2InDev from Development/ }).click();
  await answerIs(page, "Allowed");
  await page.getByRole("button", { name: "Undo: Detach DenyEc2InDev from Development" }).click();
  await answerIs(page, "Denied explicitly");
});

//! A person edits the organization and its policies, and sees at once what that does to the answer.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs, kept, node, openNode, openPolicy, retype } from "../support/playground.mjs";

const HARMLESS = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*" }
  ]
}`;

journey("the seed opens with its tree and an answer", {}, async ({ page, address }) => {
  await open(page, address);
  assert.equal(await page.getByRole("treeitem").count(), 18);
  await answerIs(page, "Denied explicitly");
  await node(page, "Development, organizational unit, 1 SCP, denies this").waitFor();
  await node(page, "Development, account, allows this, the caller: denied explicitly").waitFor();
});

journey("an SCP is edited, and the answer follows each key", {}, async ({ page, address, picture }) => {
  await open(page, address);
  const editor = await openPolicy(page, "DenyEc2InDev");
  assert.match(await page.locator(".cm-mark-deciding").first().innerText(), /\{/);
  await picture("policy-editor");
  await retype(page, editor, HARMLESS);
  await answerIs(page, "Allowed");
  await node(page, "Development, account, allows this, the caller: allowed").waitFor();

  await retype(page, editor, HARMLESS.replace('"Deny"', '"Forbid"'));
  const problem = page.getByRole("list", { name: "Problems in this policy" }).getByRole("button");
  await problem.first().waitFor();
  assert.match(await problem.first().innerText(), /4:\d+/);
  await problem.first().click();
  assert.ok(await editor.evaluate((element) => element.contains(document.activeElement)));
  await picture("policy-problems");

  await page.getByRole("button", { name: /^Undo: Edit DenyEc2InDev/ }).click();
  await answerIs(page, "Denied explicitly");
});

journey("an account is moved, the answer changes, and it is kept", {}, async ({ page, address }) => {
  await open(page, address);
  await openNode(page, "Development, account");
  await page.getByRole("button", { name: "Move to …" }).click();
  await page.getByRole("combobox", { name: "To" }).selectOption({ label: "\u2003\u2003Production" });
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await answerIs(page, "Allowed");

  await page.getByRole("button", { name: "Undo: Move Development to Production" }).click();
  await answerIs(page, "Denied explicitly");
  await page.getByRole("button", { name: "Redo: Move Development to Production" }).click();
  await answerIs(page, "Allowed");

  const moved = /"ou-corp-production"[^{}]*"999999999999"/;
  await kept(page, "own", moved);
  await page.reload();
  await answerIs(page, "Allowed");
  await node(page, "Development, account, allows this, the caller: allowed").waitFor();
});

journey("what AWS would refuse is refused in its words, and nothing is lost", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await openNode(page, "Development, organizational unit");
  await page.getByRole("button", { name: "Delete …" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const inForm = page.getByRole("dialog").getByRole("alert");
  assert.match(await inForm.innerText(), /^OrganizationalUnitNotEmptyException/);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await openNode(page, "Security, organizational unit");
  await page.getByRole("button", { name: "Detach FullAWSAccess" }).click();
  const message = page.getByRole("alert");
  assert.match(await message.innerText(), /^ConstraintViolationException/);
  await picture("refusal");
  await message.getByRole("button", { name: "Dismiss" }).click();
  await message.waitFor({ state: "detached" });
});

journey("a scenario goes to a file and comes back", {}, async ({ page, address }) => {
  await open(page, address);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: /^More/ }).click();
  await page.getByRole("button", { name: "Save to a file" }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "example-corp.json");
  const path = await file.path();

  await openNode(page, "Sandbox, account");
  await page.getByRole("button", { name: "Remove …" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await node(page, "Sandbox, account").waitFor({ state: "detached" });
  await page.locator("input[type=file]").setInputFiles(path);
  await node(page, "Sandbox, account").waitFor();

  const wrong = { name: "notes.json", mimeType: "application/json", buffer: Buffer.from('{ "format": 1, "acounts": [] }') };
  await page.locator("input[type=file]").setInputFiles(wrong);
  const alert = page.getByRole("alert");
  assert.match(await alert.innerText(), /notes\.json.*cannot be opened.*unknown member acounts/s);
  await node(page, "Sandbox, account").waitFor();
});

journey("a dialog stays open while the page keeps the scenario", {}, async ({ page, address }) => {
  await open(page, address);
  await openNode(page, "Development, organizational unit");
  await page.getByRole("button", { name: "Detach DenyEc2InDev" }).click();
  await page.getByRole("button", { name: "Rename …" }).click();
  await kept(page, "own", /"name":"Development","attachedPolicies":\["p-FullAWSAccess"\]/);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Playpen");
  await page.keyboard.press("Enter");
  await node(page, "Playpen, organizational unit").waitFor();
});

journey("a policy is dragged from the list onto an OU, which attaches it", {}, async ({ page, address }) => {
  await open(page, address);
  await answerIs(page, "Denied explicitly");
  const policy = page.locator("#pane-organization .entries li", { hasText: "DenyEc2InDev" });
  await policy.dragTo(node(page, "Production, organizational unit"));
  await page.getByText("DenyEc2InDev attached to Production.").waitFor({ state: "attached" });
  await node(page, "Production, organizational unit, 1 SCP, SCPs would deny this here").waitFor();
  await node(page, "Data, account, SCPs would deny this here").waitFor();
  await page.keyboard.press("Control+z");
  await node(page, "Data, account, SCPs would leave this here").waitFor();
});

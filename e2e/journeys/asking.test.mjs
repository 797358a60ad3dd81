//! Asking: questions of the scenario, questions of one's own, what a missing key would lead to, tests.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs } from "../support/playground.mjs";

const asked = (page, label) => page.getByLabel(label, { exact: true });

/** Unfolds the questions of the scenario and asks one. */
async function ask(page, name) {
  const list = page.locator(".why-saved details");
  if (!(await list.getAttribute("open"))) await list.locator("summary").click();
  await page.locator(".why-saved li").getByRole("button", { name }).click();
}

journey("every question of the scenario is one step away", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await answerIs(page, "Denied explicitly");
  await page.getByRole("button", { name: "Next question" }).click();
  await answerIs(page, "Allowed");
  await page.getByRole("button", { name: "Previous question" }).click();
  await answerIs(page, "Denied explicitly");
  await picture("answer-denied");
  await page.locator(".why-level.blocks .why-statement.applies.deny .link").click();
  await page.getByRole("heading", { name: "DenyEc2InDev" }).waitFor();
});

journey("another action suggests a resource, and a mistake is explained beside its field", {}, async ({ page, address }) => {
  await open(page, address);
  await asked(page, "Action").fill("s3:GetObject");
  await page.getByRole("button", { name: /^Ask about/ }).click();
  assert.match(await asked(page, "Resource").inputValue(), /^arn:aws:s3:::/);
  await asked(page, "Action").fill("s3 GetObject");
  await page.locator("#why-action-error").waitFor();
  assert.equal(await asked(page, "Action").inputValue(), "s3 GetObject");
  await page.getByRole("button", { name: "Discard changes" }).click();
  await answerIs(page, "Denied explicitly");
});

journey("a service asks, typed by hand", {}, async ({ page, address }) => {
  await open(page, address);
  await asked(page, "Principal").selectOption({ label: "Another one: type it below" });
  await page.getByLabel("ARN or service of the principal").fill("cloudtrail.amazonaws.com");
  await answerIs(page, "Denied implicitly");
  await asked(page, "Principal").selectOption({ label: "John (user) in Production" });
  await page.getByLabel("ARN or service of the principal").waitFor({ state: "detached" });
});

journey("a missing key that decides is offered, and one click supplies it", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await ask(page, /The web server reads/);
  await answerIs(page, "Allowed");
  await page.getByRole("button", { name: "Remove aws:RequestedRegion" }).click();
  await answerIs(page, "Denied explicitly");
  await picture("answer-what-if");
  await page.getByRole("button", { name: /aws:RequestedRegion = eu-central-1/ }).click();
  await answerIs(page, "Allowed");
});

journey("a question becomes a test that can be taken out again", {}, async ({ page, address }) => {
  await open(page, address);
  const tally = (words) => page.locator(".why-saved summary", { hasText: words }).waitFor();
  await tally("15 of 15 as expected");
  await asked(page, "Action").fill("ec2:StopInstances");
  await page.getByRole("button", { name: "Add as another" }).click();
  await tally("16 of 16 as expected");
  await page.getByRole("button", { name: "Remove from scenario" }).click();
  await tally("15 of 15 as expected");
});

journey("the comparison leads to the live scenario", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.getByRole("button", { name: "Compare" }).click();
  // Its words are fetched when it is opened.
  await page.locator(".compare-aspect").nth(11).waitFor();
  assert.equal(await page.locator(".compare-aspect").count(), 12);
  await picture("compare");
  await page.getByRole("button", { name: /even the administrator cannot/ }).click();
  await answerIs(page, "Denied explicitly");
  await page.locator(".test-mark.chosen").and(page.getByRole("button", { name: /The production administrator creates an IAM user/ })).waitFor();
  assert.equal(await asked(page, "Action").inputValue(), "iam:CreateUser");
});

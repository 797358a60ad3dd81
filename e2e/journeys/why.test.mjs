//! Why: a pasted denial fills in the question and is compared, the answer is taken along, and every statement says why.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs } from "../support/playground.mjs";

const DENIED =
  "An error occurred (UnauthorizedOperation) when calling the StartInstances operation: You are not authorized to perform " +
  "this operation. User: arn:aws:iam::999999999999:user/John is not authorized to perform: ec2:StartInstances on resource: " +
  "arn:aws:ec2:eu-central-1:999999999999:instance/i-0abc with an explicit deny in a service control policy";

const paste = async (page, text) => {
  const summary = page.getByText("Got an AccessDenied? Paste it");
  const field = page.getByLabel("AccessDenied message or CloudTrail record");
  if (!(await field.isVisible())) await summary.click();
  await field.fill(text);
};

journey("a pasted denial fills in the question and agrees or differs", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.getByRole("button", { name: "Next question" }).click();
  await answerIs(page, "Allowed");
  await paste(page, "what is this");
  await page.locator(".why-paste .field-error").waitFor();
  await paste(page, DENIED);
  await answerIs(page, "Denied explicitly");
  await page.getByText("Agrees with AWS.").waitFor();
  assert.equal(await page.getByLabel("Action", { exact: true }).inputValue(), "ec2:StartInstances");
  await picture("paste-denial");
  await paste(page, DENIED.replace("an explicit deny in a service control policy", "an explicit deny in a permissions boundary"));
  await page.getByText("Differs from AWS.").waitFor();
  await paste(page, DENIED.replace("user/John", "user/Nobody"));
  await page.getByText("has no user Nobody in this scenario").waitFor();
});

journey("a CloudTrail record brings its context along", {}, async ({ page, address }) => {
  await open(page, address);
  const record = {
    eventSource: "ec2.amazonaws.com",
    eventName: "StartInstances",
    eventTime: "2026-03-01T10:00:00Z",
    awsRegion: "eu-central-1",
    sourceIPAddress: "203.0.113.7",
    userIdentity: { type: "IAMUser", arn: "arn:aws:iam::999999999999:user/John", accountId: "999999999999" },
    errorCode: "Client.UnauthorizedOperation",
    errorMessage: DENIED.slice(DENIED.indexOf("User:")),
  };
  await paste(page, JSON.stringify({ Records: [record] }));
  await page.getByText("Agrees with AWS.").waitFor();
  await page.getByRole("button", { name: "Remove aws:SourceIp" }).waitFor();
});

journey(
  "the answer is copied as Markdown, and the simulator's call is shown with what it cannot do",
  { permissions: ["clipboard-read", "clipboard-write"] },
  async ({ page, address, picture }) => {
    await open(page, address);
    await answerIs(page, "Denied explicitly");
    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await page.locator(".why-take .why-copied", { hasText: "Copied" }).waitFor();
    const markdown = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(markdown, /^\*\*Denied explicitly\*\*/);
    assert.match(markdown, /Gate by gate, in AWS's order/);
    await page.getByText("Verify on AWS").click();
    const call = page.getByLabel("Call of the policy simulator");
    await call.waitFor();
    const text = await call.innerText();
    assert.match(text, /^aws iam simulate-custom-policy/);
    assert.match(text, /--ordered-organization-policy-input-list '\[\{"ServiceControlPolicyInputList"/);
    assert.match(text, /--caller-arn arn:aws:iam::999999999999:user\/John/);
    await picture("verify-on-aws");
  },
);

journey("tests are renamed, expected anew, duplicated, reordered and removed in their table", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.getByTitle("Title, description and questions of this scenario").click();
  const tally = (words) => page.locator("#requests-heading + .card-buttons", { hasText: words }).waitFor();
  await tally("15 of 15 as expected");
  await page.getByLabel(/^Expected of John starts an instance in development/).selectOption({ label: "Allowed" });
  await tally("14 of 15 as expected");
  await page.locator(".tests tr.fails .test-why", { hasText: "DenyEc2InDev" }).waitFor();
  await page.locator(".test-strip .test-mark.fails").waitFor();
  await picture("tests-failing");
  await page.getByRole("button", { name: "as decided: what John starts an instance in development expects" }).click();
  await tally("15 of 15 as expected");
  const first = page.getByLabel("Name of test 1", { exact: true });
  await first.fill("First");
  await first.press("Enter");
  await page.getByRole("button", { name: "Duplicate First" }).click();
  await tally("16 of 16 as expected");
  await page.getByRole("button", { name: "Move First (copy) down" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".test-name")[2]?.value === "First (copy)");
  await page.getByRole("button", { name: "Remove First (copy)" }).click();
  await tally("15 of 15 as expected");
  await page.locator(".test-strip .test-mark").nth(3).click();
  await page.locator(".test-strip .test-mark.chosen").waitFor();
});

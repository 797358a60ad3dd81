//! Effective permissions: every action of a principal, everybody of an account, who can do something, and what an edit
//! changes, before and after it is made.
import assert from "node:assert/strict";
import { journey, narrow, open } from "../support/page.mjs";
import { answerIs, node, openNode, openPolicy } from "../support/playground.mjs";

const view = (page, name) => page.locator(".permissions-tab", { hasText: name });
const service = (page, prefix) => page.locator(".effective-service", { has: page.locator("code", { hasText: new RegExp(`^${prefix}$`) }) });
const asked = (page, label) => page.getByLabel(label, { exact: true });

/** Puts another text in the place of all that is in the editor; the old one goes first, so that its colours do not stay. */
async function retype(page, editor, text) {
  await editor.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Backspace");
  await page.keyboard.insertText(text);
}

async function openPermissions(page) {
  await page.locator(".effective-short-row").first().waitFor({ timeout: 30_000 });
  await page.getByRole("button", { name: "All actions" }).click();
  await page.locator(".effective-grid").waitFor();
}

journey("all actions of AWS are counted, filtered, unfolded with their reasons, and each leads to its question", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await openPermissions(page);
  await picture("permissions-principal");
  await service(page, "ec2").click();
  await page.locator(".effective-reason", { hasText: "DenyEc2InDev at the OU Development denies it" }).waitFor();
  await picture("permissions-service");
  const search = page.getByRole("searchbox", { name: "Filter services and actions" });
  await search.fill("ec2:runinstances");
  await page.locator(".effective-action", { hasText: /^RunInstances/ }).click();
  assert.equal(await asked(page, "Action").inputValue(), "ec2:RunInstances");
  await answerIs(page, "Denied explicitly");
  await page.locator(".effective-action.chosen").waitFor();
  await search.fill("no such thing");
  await page.getByText("No action fits the filter.").waitFor();
  await search.fill("");
  await page.locator(".permissions").getByRole("button", { name: "Tagging", exact: true }).click();
  await page.locator(".effective-found").waitFor();
  await page.getByRole("button", { name: /^Show all \d+ services/ }).click();
  await page.locator(".effective-grid tbody").nth(150).waitFor();
});

journey("an account's principals stand side by side, and an OU's accounts", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await openNode(page, "Production, account");
  await page.locator("#pane-details").getByRole("button", { name: "Permissions", exact: true }).click();
  await page.locator(".effective-anyone").waitFor();
  await picture("permissions-account");
  await page.locator(".effective-totals").getByRole("button", { name: /^Admin/ }).click();
  await page.locator(".effective-who", { hasText: "Admin in Production" }).first().waitFor();
  await view(page, "Accounts").click();
  await page.getByText("on average").waitFor();
  await picture("permissions-root");
});

journey("who can do this: everybody with decision and reason, filtered, and a click asks", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.getByRole("button", { name: "Who can do this?" }).click();
  await page.locator(".who-row").first().waitFor();
  await page.locator("#who-action").fill("s3:ListAllMyBuckets");
  await page.locator("#who-resource").fill("*");
  await page.locator(".who-list .allowed").first().waitFor();
  await picture("permissions-who");
  await page.getByRole("searchbox", { name: "Filter principals" }).fill("production");
  await page.locator(".who-row", { hasText: "Admin" }).click();
  assert.equal(await asked(page, "Action").inputValue(), "s3:ListAllMyBuckets");
  await page.locator(".who-row.chosen", { hasText: "Admin" }).waitFor();
});

journey("an edit shows at once what it newly denies, on the tree and by principal", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.locator(".effective-short-row").first().waitFor({ timeout: 30_000 });
  assert.equal(await page.locator(".change-chip").count(), 0);
  const editor = await openPolicy(page, "DenyLeaveOrganization");
  await retype(page, editor, '{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": ["s3:*", "iam:*"], "Resource": "*" } }');
  await page.locator(".changes-line", { hasText: "newly denied" }).waitFor();
  await node(page, "Root").locator(".change-chip.denied").waitFor();
  await node(page, "Production, account").locator(".change-chip.denied").waitFor();
  await picture("changes-tree");
  await page.locator(".changes-line").getByRole("button", { name: "See each" }).click();
  await page.locator(".changes-caller summary", { hasText: "Admin" }).first().click();
  await page.locator(".changes-caller[open] .changes-service summary", { hasText: /^S3\d/ }).first().click();
  await picture("changes-each");
  await page.locator(".changes-caller[open] .effective-action", { hasText: /^GetObject:/ }).first().click();
  await answerIs(page, "Denied explicitly");
  await page.locator(".changes").getByRole("button", { name: "Set baseline" }).click();
  await page.locator(".change-chip").first().waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.locator(".changes-line", { hasText: /newly (allowed|conditional)/ }).waitFor();
});

journey("moving an account says what that would change before it is done", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.locator(".effective-short-row").first().waitFor({ timeout: 30_000 });
  await openNode(page, "Production, account");
  await page.getByRole("button", { name: "Move to …" }).click();
  await page.getByRole("dialog").getByLabel("To").selectOption({ label: "\u2003\u2003Development" });
  await page.locator(".impact", { hasText: /Afterwards: .*newly denied/ }).waitFor();
  await picture("move-impact");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  // The same while it is dragged, and with the keyboard.
  await page.evaluate(() => {
    const item = (name) => [...document.querySelectorAll("[role=treeitem]")].find((it) => it.textContent.startsWith(name));
    const data = new DataTransfer();
    const fire = (name, type) => item(name).dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    fire("Production, account", "dragstart");
    fire("Development, organizational unit", "dragover");
  });
  await page.locator(".tree-impact .impact", { hasText: /Afterwards: .*newly denied/ }).waitFor();
  await picture("drag-impact");
  await page.evaluate(() => {
    const item = [...document.querySelectorAll("[role=treeitem]")].find((it) => it.textContent.startsWith("Production, account"));
    item.dispatchEvent(new DragEvent("dragend", { bubbles: true }));
  });
  await page.locator(".tree-impact").waitFor({ state: "detached" });
  await node(page, "Production, account").focus();
  await page.keyboard.press("Control+x");
  await node(page, "Development, organizational unit").focus();
});

for (const [name, settings] of [["dark", { colorScheme: "dark" }], ["phone", { viewport: narrow }]]) {
  journey(`every view of permissions, ${name}`, settings, async ({ page, address, picture }) => {
    await open(page, address);
    if (name === "phone") await page.locator(".pane-tab", { hasText: "Why" }).click();
    await openPermissions(page);
    await service(page, "iam").click();
    await page.locator(".effective-group").first().waitFor();
    await picture(`permissions-${name}-principal`);
    await view(page, "Accounts").click();
    await page.locator(".effective-totals").waitFor();
    await picture(`permissions-${name}-accounts`);
    await view(page, "Who can").click();
    await page.locator(".who-row").first().waitFor();
    await picture(`permissions-${name}-who`);
    await view(page, "Changes").click();
    await page.locator(".changes").waitFor();
    await picture(`permissions-${name}-changes`);
    // Nothing stands out of a narrow page.
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
}

journey("without its catalogue the page says what is missing", { allow: [/catalog/, /404/] }, async ({ page, address }) => {
  await page.route("**/catalog.bin*", (route) => route.fulfill({ status: 404, body: "" }));
  await open(page, address);
  await page.locator(".effective", { hasText: "The catalogue of AWS’s actions is missing" }).waitFor();
});

/** An organization of so many accounts with ten roles each, in ten OUs. */
function company(accounts) {
  const id = (number) => String(100000000000 + number);
  const all = Array.from({ length: accounts }, (_, number) => number);
  const text = (statement) => ({ Version: "2012-10-17", Statement: statement });
  const kinds = (account) => [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Allow", Action: ["ec2:*", "s3:List*", "iam:Get*"], Resource: "*" },
    { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: `arn:aws:s3:::bucket-${account}/*` },
    { Effect: "Allow", Action: ["s3:*", "lambda:*"], Resource: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
  ];
  const role = (account, number) => ({
    name: `Role${number}`,
    inlinePolicies: [{ name: "Own", document: text(kinds(account)[number % 4]) }],
  });
  return {
    format: 1,
    title: "Large Corp",
    organization: {
      id: "o-largecorporg",
      policies: [
        { id: "p-guard0001", name: "Guard", type: "SERVICE_CONTROL_POLICY", document: text({ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }) },
      ],
      root: {
        id: "r-root",
        attachedPolicies: ["p-FullAWSAccess", "p-guard0001"],
        organizationalUnits: Array.from({ length: 10 }, (_, unit) => ({
          id: `ou-root-unit000${unit}`,
          name: `Unit ${unit}`,
          accounts: all.filter((number) => number % 10 === unit).map(id),
        })),
      },
    },
    accounts: all.map((number) => ({ id: id(number), name: `account-${number}`, roles: Array.from({ length: 10 }, (_, at) => role(number, at)) })),
    requests: [{ principal: `arn:aws:iam::${id(7)}:role/Role1`, action: "ec2:RunInstances" }],
  };
}

journey("typing in an organization of a hundred accounts keeps the page moving", {}, async ({ page, address, picture }) => {
  await open(page, address);
  const file = { name: "large.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(company(100))) };
  await page.locator("input[type=file]").setInputFiles(file);
  await node(page, "Unit 7").waitFor();
  await page.locator(".effective-short-row").first().waitFor();
  const editor = await openPolicy(page, "Guard");
  await editor.click();
  // Every key is followed from the event to the frame in which its answer is painted, and to the end of all work.
  await page.evaluate(() => {
    globalThis.measured = { frames: [], blocked: [] };
    addEventListener("keydown", () => {
      const began = performance.now();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => globalThis.measured.frames.push(performance.now() - began);
        channel.port2.postMessage(0);
      });
    }, true);
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) globalThis.measured.blocked.push(task.duration);
    }).observe({ type: "longtask" });
  });
  await retype(page, editor, '{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } }');
  await page.locator(".changes-line", { hasText: "newly denied" }).waitFor();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("          ", { delay: 60 });
  await node(page, "Unit 7").locator(".change-chip.denied").waitFor();
  const { frames, blocked } = await page.evaluate(() => globalThis.measured);
  const sorted = frames.toSorted((one, other) => one - other);
  const round = (number) => Math.round(number * 10) / 10;
  console.log(`100 accounts, 1,000 roles: key to paint median ${round(sorted[sorted.length >> 1])} ms, slowest ${round(sorted.at(-1))} ms; long tasks ${blocked.map(Math.round)} ms`);
  assert.ok(frames.length >= 10);
  await picture("permissions-large");
});

journey("a policy says what it takes away, from whom, and on which nodes of the tree", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await openPolicy(page, "DenyEc2InDev");
  const limits = page.locator(".limits");
  await limits.getByText("Because of it: 2 actions are newly denied to 1 principal.").waitFor({ timeout: 30_000 });
  await picture("policy-limits");
  await limits.getByRole("button", { name: "See each" }).click();
  await page.getByRole("heading", { name: /^What DenyEc2InDev changes/ }).last().waitFor();
  await page.locator(".changes-list").getByText("StartInstances").first().waitFor();
  await node(page, "Development, account").locator(".tree-changes").waitFor();
  await picture("policy-changes");
  await page.getByRole("button", { name: "Back to the baseline" }).last().click();
  await page.getByText("The baseline is the scenario as it was opened").waitFor();
  await page.locator(".tree-changes").first().waitFor({ state: "detached" });
});

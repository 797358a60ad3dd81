//! Links, files and names made to do harm do nothing worse than a sentence.
import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { journey, open } from "../support/page.mjs";
import { answerIs, node } from "../support/playground.mjs";

const json = (scenario) => `#json=${encodeURIComponent(typeof scenario === "string" ? scenario : JSON.stringify(scenario))}`;
const markup = `"><img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`;
const turned = "invoice\u202Egnp.exe\u2066";

/** An organization in which every name is somebody's attack. */
const hostile = {
  format: 1,
  title: markup,
  description: markup,
  organization: {
    managementAccount: "111111111111",
    policies: [{ id: "p-aaaaaaaaaa", name: markup, type: "SERVICE_CONTROL_POLICY", description: turned, document: markup }],
    root: {
      id: "r-exam",
      name: turned,
      attachedPolicies: ["p-FullAWSAccess", "p-aaaaaaaaaa"],
      accounts: ["111111111111", "222222222222"],
      organizationalUnits: [{ id: "ou-exam-aaaaaaaa", name: markup }],
    },
  },
  accounts: [{ id: "111111111111", name: "m" }, { id: "222222222222", name: "__proto__", users: [{ name: "constructor" }] }],
  requests: [{ name: markup, principal: "arn:aws:iam::222222222222:user/constructor", action: "s3:GetObject", resource: "arn:aws:s3:::b/k" }],
};

journey("markup and turned letters in names are letters", {}, async ({ page, address, picture }) => {
  page.on("dialog", () => assert.fail("a dialog was opened"));
  await open(page, address + json(hostile));
  await node(page, "__proto__").waitFor();
  await answerIs(page, "Denied");
  await page.getByRole("button", { name: "Gallery" }).waitFor();
  assert.equal(await page.locator("#app img, #app script").count(), 0);
  assert.notEqual(await page.title(), "taken");
  await picture("hostile-names");
});

const deep = `{"format":1,"title":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
const sentences = [
  ["nested 100,000 deep", json(deep)],
  ["not JSON at all", "#json=%7B%22format%22%3A1%2C"],
  ["from the future", json({ format: 99 })],
  ["a name that nobody knows", json({ format: 1, constructor: {} })],
  ["percent signs that mean nothing", "#json=%ZZ%%%"],
  ["a damaged link", "#s1.AAAAAAAAAAAA.aaaaaa"],
  ["a file of the gallery outside the gallery", "#gallery=../../secret"],
];

journey("links that cannot be opened say so, and one's own scenario stays", {}, async ({ page, address }) => {
  await open(page, address);
  for (const [what, fragment] of sentences) {
    await page.evaluate((to) => (location.hash = to), fragment);
    await page.getByRole("alert").filter({ hasText: "Your own scenario is open instead." }).first().waitFor();
    await answerIs(page, "Denied explicitly");
    await page.getByRole("button", { name: /^(Dismiss|Close)/ }).first().click();
    assert.equal(await page.getByRole("alert").filter({ hasText: "open instead" }).count(), 0, what);
  }
});

journey("files that are no scenario say so", {}, async ({ page, address }) => {
  await open(page, address);
  const choose = async (name, bytes) => page.locator("input[type=file]").first().setInputFiles({ name, mimeType: "application/json", buffer: bytes });
  const says = (words) => page.locator(".notice").filter({ hasText: words }).first().waitFor();
  await choose("large.json", Buffer.alloc(11_000_000, " "));
  await says("large.json is larger than 10 MB, which no scenario is.");
  await choose("packed.json", deflateRawSync(Buffer.alloc(9_000_000, "a")));
  await says("packed.json cannot be opened");
  await choose("deep.json", Buffer.from(deep));
  await says("deep.json cannot be opened");
  await choose("long.json", Buffer.from(JSON.stringify({ format: 1, title: "x".repeat(9_000_000) })));
  await says("long.json is open");
  await page.getByRole("button", { name: "Gallery" }).click();
  await page.getByRole("heading", { name: "Gallery" }).first().waitFor();
});

journey("a link with five thousand tests is opened, gone through, and shows a hundred of them at once", {}, async ({ page, address, picture }) => {
  const requests = Array.from({ length: 5000 }, (_, index) => ({
    name: `Object ${index + 1}`,
    principal: "arn:aws:iam::111111111111:user/ana",
    action: "s3:GetObject",
    resource: `arn:aws:s3:::data/${index + 1}`,
    expect: index % 2 ? "allowed" : "implicitDeny",
  }));
  const accounts = [{ id: "111111111111", name: "data", users: [{ name: "ana" }] }];
  await open(page, address + json({ format: 1, title: "Many tests", accounts, requests }));
  await page.locator(".why-saved summary", { hasText: "2500 of 5000 as expected" }).waitFor();
  const drawn = () => page.locator(".test-strip .test-mark").count();
  assert.equal(await drawn(), 100);
  await page.getByTitle("Title, description and questions of this scenario").click();
  const table = page.getByRole("group", { name: "Table of tests" });
  assert.equal(await table.getByRole("row").count(), 101);
  await table.getByRole("button", { name: "Later" }).click();
  await table.getByText("101 to 200 of 5000").waitFor();
  await table.getByRole("button", { name: "s3:GetObject: ask Object 101", exact: true }).click();
  // The strip follows to the question that is asked.
  await page.locator(".why-saved").getByText("101 to 200 of 5000").waitFor();
  await page.getByRole("button", { name: "Previous question" }).click();
  await page.locator(".why-saved").getByText("1 to 100 of 5000").waitFor();
  await page.locator(".test-mark.chosen").and(page.getByRole("button", { name: /^100\. Object 100/ })).waitFor();
  assert.equal(await drawn(), 100);
  await picture("hostile-many-tests");
});

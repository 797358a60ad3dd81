//! Every view of the page, in an order in which one leads to the next: name, and how a person gets there.
//!
//! Whoever adds a view to the page adds it here; what goes through all views (accessibility in light and dark) follows.
import { answerIs, openNode, openPolicy, retype } from "./playground.mjs";

const lesson = (page) => page.getByRole("region", { name: /^Lesson:/ });

/** On a wide screen. */
export const views = [
  ["opening", (page) => answerIs(page, "Denied explicitly")],
  ["root", (page) => openNode(page, "Root")],
  [
    "what would allow it",
    async (page) => {
      await page.getByRole("button", { name: "What would allow it" }).click();
      await page.locator(".why-flip").first().waitFor();
    },
  ],
  [
    "pasted denial",
    async (page) => {
      await page.getByText("Got an AccessDenied? Paste it").click();
      const field = page.getByLabel("AccessDenied message or CloudTrail record");
      await field.fill(
        "User: arn:aws:iam::999999999999:user/John is not authorized to perform: ec2:StartInstances on resource: " +
          "arn:aws:ec2:eu-central-1:999999999999:instance/i-0abc with an explicit deny in a permissions boundary",
      );
      await page.getByText("Differs from AWS.").waitFor();
    },
  ],
  [
    "verify on AWS",
    async (page) => {
      await page.getByText("Verify on AWS").click();
      await page.getByLabel("Call of the policy simulator").waitFor();
    },
  ],
  [
    "find",
    async (page) => {
      await page.getByRole("button", { name: "Find anything" }).click();
      await page.getByRole("combobox", { name: "Find anything" }).fill("a");
    },
  ],
  ["what the signs say", async (page) => {
    await page.keyboard.press("Escape");
    await page.getByText("What the signs say").click();
  }],
  ["policy", (page) => openPolicy(page, "DenyEc2InDev")],
  ["organizational unit", (page) => openNode(page, "Development, organizational unit")],
  ["account", (page) => openNode(page, "Production, account")],
  ["user", (page) => page.getByRole("button", { name: "John", exact: true }).first().click()],
  [
    "group",
    async (page) => {
      await page.getByRole("button", { name: "Operators", exact: true }).first().click();
      await page.getByRole("button", { name: "Remove John from it" }).waitFor();
    },
  ],
  [
    "scenario",
    async (page) => {
      await page.getByTitle("Title, description and questions of this scenario").click();
      await page.getByLabel("Expected of John starts an instance in development").selectOption({ label: "Allowed" });
      await page.locator(".tests .test-why").waitFor();
    },
  ],
  ["JSON of the scenario", halfTypedJson],
  [
    "form",
    async (page) => {
      await page.getByRole("button", { name: "Discard my text" }).click();
      await openNode(page, "Production, account");
      await page.getByRole("button", { name: "Settings …" }).click();
      await page.getByRole("dialog").waitFor();
    },
  ],
  [
    "compare",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Compare" }).first().click();
      await page.getByText("2007.04 USD together").waitFor();
    },
  ],
  [
    "permissions of a principal",
    async (page) => {
      await page.getByRole("button", { name: "Permissions", exact: true }).first().click();
      await page.locator(".effective-service").first().click();
      await page.locator(".effective-group").first().waitFor();
    },
  ],
  [
    "permissions of accounts",
    async (page) => {
      await page.getByRole("button", { name: "Accounts", exact: true }).click();
      await page.locator(".effective-totals").waitFor();
    },
  ],
  [
    "who can",
    async (page) => {
      await page.getByRole("button", { name: "Who can", exact: true }).click();
      await page.locator(".who-row").first().waitFor();
    },
  ],
  [
    "changes",
    async (page) => {
      // An account that moves changes what its principals can do.
      await openNode(page, "Production, account");
      await page.getByRole("button", { name: "Move to …" }).click();
      await page.getByRole("dialog").getByLabel("To").selectOption({ label: "\u2003\u2003Development" });
      await page.locator(".impact", { hasText: "Afterwards" }).waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Move", exact: true }).click();
      await page.getByRole("button", { name: "See each" }).click();
      await page.locator(".changes-caller summary").first().click();
    },
  ],
  [
    "gallery",
    async (page) => {
      await page.getByRole("button", { name: "Gallery", exact: true }).first().click();
      await page.locator(".gallery-card").first().waitFor();
    },
  ],
  [
    "lesson",
    async (page) => {
      await page.getByRole("button", { name: "Lessons", exact: true }).first().click();
      await page.getByRole("button", { name: "Start: Two keys to one door" }).click();
      await lesson(page).getByRole("button", { name: "Next" }).click();
      await lesson(page).getByRole("button", { name: "Allowed" }).click();
    },
  ],
  [
    "lessons",
    async (page) => {
      await lesson(page).getByRole("button", { name: "End the lesson" }).click();
      await page.getByRole("button", { name: "Go on: Two keys to one door" }).waitFor();
    },
  ],
  [
    "commands",
    async (page) => {
      await page.getByRole("button", { name: /^More:/ }).click();
      await page.getByRole("button", { name: "AWS CLI calls" }).click();
      await page.getByText("aws organizations create-organization").waitFor();
    },
  ],
  [
    "introduction",
    async (page, address) => {
      await page.goto(`${address}#gallery=data-perimeter`);
      await page.getByRole("heading", { name: "The trap" }).waitFor();
    },
  ],
  [
    "share",
    async (page) => {
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByRole("dialog").waitFor();
    },
  ],
];

/** On a phone, where panes are tabs. */
export const onPhone = [
  ["tree", (page) => page.getByRole("treeitem").first().waitFor()],
  ["organizational unit", (page) => openNode(page, "Development, organizational unit")],
  [
    "why",
    async (page) => {
      await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: /^Why/ }).click();
      await answerIs(page, "Denied explicitly");
    },
  ],
  [
    "permissions",
    async (page) => {
      await page.getByRole("button", { name: "All actions" }).click();
      await page.locator(".effective-service").first().click();
      await page.locator(".effective-group").first().waitFor();
    },
  ],
  [
    "tests",
    async (page) => {
      await page.getByTitle("Title, description and questions of this scenario").click();
      await page.locator(".tests").waitFor();
    },
  ],
  ["JSON of the scenario", halfTypedJson],
  [
    "share",
    async (page) => {
      await page.getByRole("button", { name: "Discard my text" }).click();
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByRole("dialog").waitFor();
    },
  ],
  [
    "menu",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^More:/ }).click();
      await page.getByRole("button", { name: "AWS CLI calls" }).waitFor();
    },
  ],
  [
    "commands",
    async (page) => {
      await page.getByRole("button", { name: "AWS CLI calls" }).click();
      await page.getByText("aws organizations create-organization").waitFor();
    },
  ],
  ["compare", (page) => fromMenu(page, "Compare Organizations and IAM", page.getByText("2007.04 USD together"))],
  ["gallery", (page) => fromMenu(page, "Gallery", page.locator(".gallery-card").first())],
  [
    "lesson",
    async (page) => {
      await fromMenu(page, "Lessons", page.getByRole("button", { name: "Start: Two keys to one door" }));
      await page.getByRole("button", { name: "Start: Two keys to one door" }).click();
      await lesson(page).getByRole("button", { name: "Next" }).click();
    },
  ],
  [
    "introduction",
    async (page, address) => {
      await page.goto(`${address}#gallery=data-perimeter`);
      await page.getByRole("heading", { name: "The trap" }).waitFor();
    },
  ],
];

async function fromMenu(page, name, what) {
  await page.getByRole("button", { name: /^More:/ }).click();
  await page.getByRole("button", { name }).last().click();
  await what.waitFor();
}

async function halfTypedJson(page) {
  await page.getByText("The whole scenario as JSON").click();
  const editor = page.locator(".cm-content").and(page.getByRole("textbox", { name: "JSON of the scenario" }));
  await editor.waitFor();
  await retype(page, editor, "{ half");
  await page.locator("#scenario-json-state .field-error").waitFor();
}

//! A managed policy of AWS that is not part of the page's program is fetched when a scenario first refers to it.
import { journey, open } from "../support/page.mjs";
import { answerIs } from "../support/playground.mjs";

const SCENARIO = {
  format: 1,
  title: "Auditors",
  accounts: [
    {
      id: "222222222222",
      name: "audit",
      users: [{ name: "Ana", attachedPolicies: ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"] }],
    },
  ],
  requests: [{ principal: "arn:aws:iam::222222222222:user/Ana", action: "s3:ListAllMyBuckets" }],
};
const link = (address) => `${address}#json=${encodeURIComponent(JSON.stringify(SCENARIO))}`;

journey("a policy of AWS is fetched when a scenario refers to it", {}, async ({ page, address }) => {
  await open(page, link(address));
  await answerIs(page, "Allowed");
});

const refused = { allow: [/404/] };

journey("where it cannot be fetched, the page says what does not count", refused, async ({ page, address }) => {
  await page.route("**/catalog-policies.bin*", (route) => route.fulfill({ status: 404 }));
  await open(page, link(address));
  await page.getByRole("status").getByText("The text of 1 AWS managed policy could not be loaded").waitFor();
  await answerIs(page, "Denied implicitly");
});

// Who may read the bucket of another account? Both accounts must allow it.
// Run: node evaluate.mjs
import { evaluate } from "scp-playground";

const allow = (statement) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*", ...statement }],
});

const scenario = {
  format: 1,
  accounts: [
    {
      id: "222222222222",
      users: [
        { name: "Ana", inlinePolicies: [{ name: "Read", document: allow({}) }] },
        { name: "Ben" },
      ],
    },
    {
      id: "333333333333",
      resources: [
        { arn: "arn:aws:s3:::reports", policy: allow({ Principal: { AWS: "222222222222" } }) },
      ],
    },
  ],
};

for (const name of ["Ana", "Ben"]) {
  const answer = evaluate(scenario, {
    principal: `arn:aws:iam::222222222222:user/${name}`,
    action: "s3:GetObject",
    resource: "arn:aws:s3:::reports/2026.csv",
  });
  console.log(`${name}: ${answer.decision}`);
  for (const cause of answer.trace.causes) {
    console.log(`  ${cause.text}`);
  }
}

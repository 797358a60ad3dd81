//! Organizations of any size, the same for the same size.

/** A scenario of so many accounts below twenty OUs, with two users and a role in each; EC2 is denied in every second OU. */
export function organization(accounts) {
  const id = (index) => String(100000000001 + index);
  const statement = (Effect, Action) => ({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "*" }] });
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "codebuild.amazonaws.com" } }],
  };
  const units = Math.min(20, accounts);
  const listed = Array.from({ length: accounts }, (_, index) => ({
    id: id(index),
    name: `Account ${index}`,
    email: `account-${index}@example.com`,
    managedPolicies: [{ name: "Ops", document: statement("Allow", ["ec2:*", "s3:Get*", "logs:*"]) }],
    users: ["ada", "john"].map((name) => ({ name, attachedPolicies: [`arn:aws:iam::${id(index)}:policy/Ops`] })),
    roles: [{ name: "deploy", attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"], trustPolicy: trust }],
  }));
  return {
    format: 1,
    title: "A thousand accounts",
    organization: {
      id: "o-thousandone",
      featureSet: "ALL",
      managementAccount: id(0),
      enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
      policies: [{ id: "p-denyec2all", name: "DenyEc2", type: "SERVICE_CONTROL_POLICY", document: statement("Deny", "ec2:*") }],
      root: {
        id: "r-thou",
        name: "Root",
        attachedPolicies: ["p-FullAWSAccess"],
        accounts: [id(0)],
        organizationalUnits: Array.from({ length: units }, (_, unit) => ({
          id: `ou-thou-unit${String(unit).padStart(4, "0")}`,
          name: `Unit ${unit}`,
          attachedPolicies: ["p-FullAWSAccess", ...(unit % 2 ? ["p-denyec2all"] : [])],
          accounts: listed.slice(1).filter((_, index) => index % units === unit).map((account) => account.id),
        })),
      },
    },
    accounts: listed,
    requests: [
      { name: "John starts an instance", principal: `arn:aws:iam::${id(2)}:user/john`, action: "ec2:StartInstances", resource: `arn:aws:ec2:eu-central-1:${id(2)}:instance/i-0abc`, expect: "explicitDeny" },
    ],
  };
}

/** An AWS organization, its accounts and what is in them, and the requests worth asking about. */
export interface Scenario {
  /** The version of the format. */
  format: 1;
  title?: string;
  description?: string;
  /** Left out: the accounts stand alone. */
  organization?: Organization | null;
  /** An account that is in no OU and not in the root is outside the organization. */
  accounts?: Account[];
  /** Those with `expect` are tests. */
  requests?: Request[];
}

export interface Organization {
  id?: string;
  featureSet?: "ALL" | "CONSOLIDATED_BILLING";
  /** The account that no SCP or RCP reaches. */
  managementAccount?: string | null;
  enabledPolicyTypes?: PolicyType[];
  policies?: Policy[];
  root?: OrganizationalUnit;
}

export type PolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

/** A policy of the organization. */
export interface Policy {
  id: string;
  name?: string;
  type?: PolicyType;
  description?: string;
  document?: PolicyText;
}

/** A policy: an object, or its text. */
export type PolicyText = string | { [member: string]: unknown };

/** The root or an OU. */
export interface OrganizationalUnit {
  id?: string;
  name?: string;
  /** Ids of policies; left out: `p-FullAWSAccess`. */
  attachedPolicies?: string[];
  /** Ids of accounts. */
  accounts?: string[];
  organizationalUnits?: OrganizationalUnit[];
}

export interface Account {
  /** Twelve digits. */
  id: string;
  name?: string;
  email?: string;
  state?: "PENDING_ACTIVATION" | "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED";
  joinedMethod?: "INVITED" | "CREATED";
  /** Ids of SCPs and RCPs; left out: `p-FullAWSAccess`. */
  attachedPolicies?: string[];
  managedPolicies?: ManagedPolicy[];
  users?: User[];
  groups?: Group[];
  roles?: Role[];
  resources?: Resource[];
}

export interface ManagedPolicy {
  name: string;
  path?: string;
  document?: PolicyText;
}

export interface InlinePolicy {
  name: string;
  document?: PolicyText;
}

export interface User {
  name: string;
  path?: string;
  /** Names of groups. */
  groups?: string[];
  /** ARNs of managed policies. */
  attachedPolicies?: string[];
  inlinePolicies?: InlinePolicy[];
  /** The ARN of a managed policy. */
  permissionsBoundary?: string | null;
  tags?: Tags;
}

export interface Group {
  name: string;
  path?: string;
  attachedPolicies?: string[];
  inlinePolicies?: InlinePolicy[];
}

export interface Role {
  name: string;
  path?: string;
  trustPolicy?: PolicyText;
  attachedPolicies?: string[];
  inlinePolicies?: InlinePolicy[];
  permissionsBoundary?: string | null;
  tags?: Tags;
}

/** A resource with its resource-based policy. */
export interface Resource {
  arn: string;
  policy?: PolicyText | null;
  tags?: Tags;
}

export interface Tags {
  [key: string]: string;
}

/** Who does what to which resource. */
export interface Request {
  name?: string;
  /**
   * The ARN of a user, a role or its session, a federated user, a root user or an identity provider; a service
   * principal; or `*`.
   */
  principal?: string;
  /** Such as `ec2:StartInstances`. */
  action?: string;
  /** An ARN, or `*` (the default). */
  resource?: string;
  /** The owner of the resource, where its ARN does not say so. */
  resourceAccount?: string | null;
  /** Condition keys with their values; `null` takes a derived key away. */
  context?: { [key: string]: string | string[] | null };
  /** Whether keys that follow from the scenario are filled in (the default). */
  deriveContext?: boolean;
  sessionPolicies?: PolicyText[];
  sessionTags?: Tags;
  vpcEndpointPolicy?: PolicyText | null;
  /** Counts instead of the policy of a listed resource. */
  resourcePolicy?: PolicyText | null;
  /** What AWS is expected to decide. */
  expect?: Decision | null;
}

/** The three words of the IAM policy simulator. */
export type Decision = "allowed" | "explicitDeny" | "implicitDeny";

export interface Answer {
  decision: Decision;
  /** The sentence that AWS would answer. */
  message: string;
  trace: Trace;
}

/** Why a request is decided as it is. */
export interface Trace {
  decision: Decision;
  /** What decided, in a sentence. */
  summary: string;
  /** Whether caller and resource are of different accounts. */
  crossAccount: boolean;
  /** Everything that denies; all must go before the request is allowed. */
  causes: Cause[];
  /** Every kind of policy, in the order in which AWS asks. */
  gates: GateTrace[];
  /** Single changes after which the decision is another one. */
  flips?: Flip[];
  /** Other actions that AWS asks for in the same call, such as `sts:TagSession` beside `sts:AssumeRole`. */
  alsoNeeded?: AlsoNeeded[];
  /** What AWS checks besides policies, where it could make the answer another one. */
  notes?: string[];
  /** What AWS would refuse in the policies that took part. */
  warnings?: Warning[];
}

export interface AlsoNeeded {
  action: string;
  decision: Decision;
  /** The sentence that AWS would answer. */
  message: string;
}

/** How a resource's policy names the caller: the later it stands here, the less else the caller needs. */
export type Grant = "Account" | "ViaUser" | "ViaRole" | "Service" | "Federated" | "Direct";

export interface Cause {
  gate: Gate;
  /** The id of the root, OU or account, for SCPs and RCPs. */
  target?: string;
  /** The name of the policy that denies. */
  policy?: string;
  /** The denying statement, from 0. */
  statement?: number;
  text: string;
}

export type Gate =
  | "ServiceControlPolicy"
  | "ResourceControlPolicy"
  | "VpcEndpointPolicy"
  | "PermissionsBoundary"
  | "SessionPolicy"
  | "ResourcePolicy"
  | "IdentityPolicy";

export type Outcome = Decision | "notApplicable";

/** How one kind of policy answered. */
export interface GateTrace {
  gate: Gate;
  outcome: Outcome;
  /** Whether the request fails here. */
  blocks: boolean;
  /** Why it does not apply, or how it grants. */
  why?: string;
  /** The most direct way in which a resource's policy grants. */
  grant?: Grant;
  /** For SCPs and RCPs from the root to the account; for the others at most one. */
  levels: LevelTrace[];
}

export interface LevelTrace {
  target?: { type: "ROOT" | "ORGANIZATIONAL_UNIT" | "ACCOUNT"; id: string; name: string };
  outcome: Outcome;
  policies: PolicyTrace[];
}

export interface PolicyTrace {
  name: string;
  /** Such as `service control policy`. */
  type: string;
  arn?: string;
  statements: StatementTrace[];
}

export interface StatementTrace {
  index: number;
  sid?: string;
  effect: "Allow" | "Deny";
  applies: boolean;
  /** How a resource's policy names the caller, where the statement applies. */
  grant?: Grant;
  /** The first element that does not fit. */
  differs?: "Principal" | "Action" | "Resource" | "Condition";
  /** The same, in a sentence. */
  text: string;
  conditions?: ConditionTrace[];
}

export interface ConditionTrace {
  operator: string;
  key: string;
  wanted: string[];
  /** Empty where the key is missing. */
  found: string[];
  holds: boolean;
}

export interface Flip {
  change: string;
  decision: Decision;
}

export interface Warning {
  policy: string;
  code: string;
  message: string;
}

/** How one request with an `expect` came out. */
export interface TestResult {
  /** Its place in `scenario.requests`. */
  request: number;
  label: string;
  expected: Decision;
  /** Missing where the request cannot be asked. */
  decision?: Decision;
  /** Why it cannot be asked. */
  error?: string;
  message: string;
  /** Everything that denies, a sentence each. */
  causes: string[];
  /** What AWS would refuse in the policies that took part. */
  warnings?: Warning[];
  passed: boolean;
}

/** What a question leaves open. */
export interface Open {
  /** Condition keys that are not known; `true`: every key that the request does not mention. */
  unknown?: string[] | boolean;
  /** Forms of the resource, ARN patterns; left out: the request's own resource. */
  resources?: string[];
}

/** What a question comes to, whatever is left open. */
export interface Judgement {
  /** The decision, where only one is possible. */
  certain: Decision | null;
  /** Whether the examples show every decision that is possible. */
  exact: boolean;
  dependsOnResource: boolean;
  /** Condition keys that decide, with an example of each kind of value; an empty list stands for the missing key. */
  dependsOn: { key: string; values: string[][] }[];
  /** An example for each decision that is possible. */
  examples: { decision: Decision; resource?: string; context: { [key: string]: string[] } }[];
}

/** Judges a request that leaves something open. Throws an `Error` where an argument cannot be read. */
export function judge(scenario: Scenario, request: Request, open: Open): Judgement;

/** Decides one request. Throws an `Error` where scenario or request cannot be read. */
export function evaluate(scenario: Scenario, request: Request): Answer;

/** Asks every request that has an `expect`, in order. Throws an `Error` where the scenario cannot be read. */
export function test(scenario: Scenario): TestResult[];

/** One thing that is wrong with a scenario. */
export interface Problem {
  /** `error` where AWS refuses it, `warning` where AWS accepts it and people regret it. */
  severity: "error" | "warning";
  /** What kind of problem it is, the same for ever. */
  code: string;
  /** What it is about: `the SCP DenyEc2`. */
  subject: string;
  message: string;
  /** The text that is pointed at, its beginning where it is long. */
  at?: string;
  /** What would mend it. */
  fix?: string;
}

/** Checks a scenario. Throws an `Error` where it cannot be read. */
export function check(scenario: Scenario): Problem[];

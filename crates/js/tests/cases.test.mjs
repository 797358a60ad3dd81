// Every case of tests/cases through the wasm build: the same files and the same judging as the native tests.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test as check } from "node:test";
import { check as problemsOf, evaluate, judge, repository, test } from "./package.mjs";

const ACCOUNT = "222222222222";
const ANA = `arn:aws:iam::${ACCOUNT}:user/Ana`;
const folder = `${repository}/tests/cases`;

let rows = 0;
for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const { scenarios = {}, cases } = JSON.parse(readFileSync(`${folder}/${name}`, "utf8"));
  for (const one of cases) {
    if (one.problems) {
      check(`${name} ${one.id}`, () => assertProblems(one));
      continue;
    }
    if (one.open) {
      check(`${name} ${one.id}`, () => assertJudgement(one));
      continue;
    }
    const scenario = scenarioOf(one, scenarios);
    rows += scenario.requests.length;
    check(`${name} ${one.id}`, () => {
      const failures = failuresOf(scenario, one.because ?? {}, one.messages ?? {});
      assert.deepEqual(failures, [], `${one.rule}\n  ${failures.join("\n  ")}`);
    });
  }
}
console.error(`      ${rows} rows of tests/cases asked through wasm`);

/** Makes every kind of case a scenario whose requests say what they expect. */
function scenarioOf(one, shared) {
  if (one.scenario) {
    const scenario = typeof one.scenario === "string" ? shared[one.scenario] : one.scenario;
    return one.requests?.length ? { ...scenario, requests: one.requests } : scenario;
  }
  const expect = (matches) => (matches ? "allowed" : "implicitDeny");
  if (one.condition) {
    const requests = one.rows.map(({ name, context, matches }) => ({
      name, principal: ANA, action: "ec2:DescribeInstances", context, deriveContext: false, expect: expect(matches),
    }));
    return oneUser({ Action: "*", Resource: "*", Condition: one.condition }, requests, one.version);
  }
  if (one.action) {
    const requests = one.rows.map(({ action, matches }) => ({ name: action, principal: ANA, action, expect: expect(matches) }));
    return oneUser({ Action: one.action, Resource: "*" }, requests);
  }
  const requests = one.rows.map(({ arn, matches }) => ({
    name: arn, principal: ANA, action: "example:Read", resource: arn, resourceAccount: ACCOUNT, expect: expect(matches),
  }));
  return oneUser({ Action: "*", Resource: one.resource }, requests);
}

function oneUser(statement, requests, version = "2012-10-17") {
  const document = { Version: version, Statement: [{ Effect: "Allow", ...statement }] };
  const user = { name: "Ana", inlinePolicies: [{ name: "Inline", document }] };
  return { format: 1, accounts: [{ id: ACCOUNT, name: "one account", users: [user] }], requests };
}

/** Every problem is found, and nothing else. */
function assertProblems({ scenario, problems, rule }) {
  const found = problemsOf(scenario);
  const asked = found.map((problem, index) => Object.fromEntries(Object.keys(problems[index] ?? {}).map((name) => [name, problem[name]])));
  assert.deepEqual(asked, problems, rule);
}

/** A question that leaves something open comes to these decisions and hangs on these keys. */
function assertJudgement({ scenario, request, open, decisions, dependsOn, rule, exact = true, dependsOnResource = false }) {
  const judged = judge(scenario, request, open);
  const found = {
    decisions: judged.examples.map((example) => example.decision).sort(),
    dependsOn: judged.dependsOn.map((it) => it.key).sort(),
    exact: judged.exact,
    dependsOnResource: judged.dependsOnResource,
  };
  assert.deepEqual(found, { decisions, dependsOn, exact, dependsOnResource }, rule);
}

/** Asks every request of a scenario, twice, and returns what does not come out as expected. */
function failuresOf(scenario, because, messages) {
  const tested = test(scenario);
  assert.equal(tested.length, scenario.requests.length);
  return scenario.requests.flatMap((request, index) => {
    const { decision, message, trace } = evaluate(scenario, request);
    const said = `${request.name}: expected ${request.expect}`;
    if (decision !== request.expect || trace.decision !== decision) {
      return [`${said}, decided ${decision}: ${message}`];
    }
    if (!tested[index].passed || tested[index].decision !== decision || tested[index].message !== message) {
      return [`${said}, tested otherwise: ${tested[index].message}`];
    }
    const sentence = messages[request.name] ?? message;
    if (sentence !== message) {
      return [`${request.name}: expected the message ${sentence}, found ${message}`];
    }
    const wanted = because[request.name];
    const [gate, target] = wanted?.split("@") ?? [];
    const found = trace.causes.filter((cause) => cause.gate === gate && (!target || cause.target === target));
    const isNamed = !wanted || (found.length > 0 && trace.gates.some((it) => it.gate === gate && it.blocks));
    return isNamed ? [] : [`${said} by ${wanted}, found ${JSON.stringify(trace.causes)}`];
  });
}

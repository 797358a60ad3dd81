// What goes in, what comes out, and what is thrown.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test as check } from "node:test";
import vm from "node:vm";
import { check as problems, evaluate, judge, repository, test } from "./package.mjs";

const ROOT = "arn:aws:iam::222222222222:root";
const scenario = () => ({ format: 1, accounts: [{ id: "222222222222" }] });
const request = () => ({ principal: ROOT, action: "s3:ListAllMyBuckets" });

/** One sentence, in an Error. */
function refuses(call, message) {
  assert.throws(call, (error) => {
    assert.ok(error instanceof Error);
    assert.equal(error.message, message);
    return true;
  });
}

check("an answer is plain data", () => {
  const answer = evaluate(scenario(), request());
  assert.deepEqual(Object.keys(answer), ["decision", "message", "trace"]);
  assert.equal(answer.decision, "allowed");
  assert.equal(answer.trace.gates.length, 7);
  assert.deepEqual(structuredClone(answer), answer);
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
});

check("a question may leave a condition key open", () => {
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*", Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }],
  };
  const office = { format: 1, accounts: [{ id: "222222222222", users: [{ name: "Ana", inlinePolicies: [{ name: "Office", document }] }] }] };
  const asked = { principal: "arn:aws:iam::222222222222:user/Ana", action: "s3:ListAllMyBuckets" };
  const judged = judge(office, asked, { unknown: true });
  assert.deepEqual([judged.certain, judged.exact], [null, true]);
  assert.deepEqual(judged.dependsOn.map((it) => it.key), ["aws:SourceIp"]);
  for (const example of judged.examples) {
    const context = Object.fromEntries(Object.entries(example.context).map(([key, values]) => [key, values.length ? values : null]));
    assert.equal(evaluate(office, { ...asked, context }).decision, example.decision);
  }
  assert.equal(judge(office, asked, {}).certain, "implicitDeny");
  assert.throws(() => judge(office, asked, { unknown: 7 }), /expected a list of condition keys/);
});

check("a session that passes tags needs another action beside", () => {
  const trustPolicy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "222222222222" }, Action: "sts:AssumeRole" }] };
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const users = [{ name: "Ana", inlinePolicies: [{ name: "All", document }] }];
  const asked = { principal: "arn:aws:iam::222222222222:user/Ana", action: "sts:AssumeRole", resource: "arn:aws:iam::222222222222:role/Ops" };
  const role = { format: 1, accounts: [{ id: "222222222222", users, roles: [{ name: "Ops", trustPolicy }] }] };
  assert.equal(evaluate(role, asked).trace.alsoNeeded, undefined);
  const answer = evaluate(role, { ...asked, context: { "aws:RequestTag/team": "blue" } });
  assert.equal(answer.decision, "allowed");
  assert.deepEqual(answer.trace.alsoNeeded.map((it) => [it.action, it.decision]), [["sts:TagSession", "implicitDeny"]]);
  const trusted = answer.trace.gates.find((it) => it.gate === "ResourcePolicy");
  assert.deepEqual([trusted.grant, trusted.levels[0].policies[0].statements[0].grant], ["Account", "Account"]);
});

check("a scenario is checked", () => {
  assert.deepEqual(problems(scenario()), []);
  const organization = { root: { accounts: ["222222222222"], attachedPolicies: [] } };
  const [problem, ...others] = problems({ ...scenario(), organization });
  assert.deepEqual(others, []);
  assert.deepEqual([problem.severity, problem.code, problem.subject], ["error", "no-scp-attached", "the root Root"]);
});

check("a result says what was asked, expected and found", () => {
  const requests = [request(), { ...request(), name: "root", expect: "explicitDeny" }, { ...request(), action: "s3", expect: "allowed" }];
  const [differs, wrong, ...others] = test({ ...scenario(), requests });
  assert.deepEqual(others, []);
  assert.deepEqual({ ...differs, message: "" }, {
    request: 1, label: "root", expected: "explicitDeny", decision: "allowed", message: "", causes: [], passed: false,
  });
  assert.equal(wrong.passed, false);
  assert.equal("decision" in wrong, false);
  assert.match(wrong.error, /^`action`: /);
});

check("the scenario that the page opens with comes out as expected", () => {
  const seed = JSON.parse(readFileSync(`${repository}/crates/scenario/seed/example-corp.json`, "utf8"));
  const results = test(seed);
  assert.ok(results.length >= 10);
  assert.deepEqual(results.filter((result) => !result.passed), []);
});

check("a scenario that was changed in place is another one", () => {
  const changing = scenario();
  assert.equal(evaluate(changing, request()).decision, "allowed");
  changing.organization = { root: { accounts: ["222222222222"], attachedPolicies: [] } };
  assert.equal(evaluate(changing, request()).decision, "implicitDeny");
});

check("the clock gives the time, the request may give another", () => {
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Condition: { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } } }],
  };
  const accounts = [{ id: "222222222222", users: [{ name: "Ana", inlinePolicies: [{ name: "Now", document }] }] }];
  const asked = { principal: "arn:aws:iam::222222222222:user/Ana", action: "s3:ListAllMyBuckets" };
  assert.equal(evaluate({ format: 1, accounts }, asked).decision, "allowed");
  const context = { "aws:CurrentTime": "2019-01-01T00:00:00Z" };
  assert.equal(evaluate({ format: 1, accounts }, { ...asked, context }).decision, "implicitDeny");
});

check("members that are undefined are left out, and objects of other realms are data", () => {
  assert.equal(evaluate({ ...scenario(), title: undefined }, { ...request(), resource: undefined }).decision, "allowed");
  const foreign = vm.runInNewContext(`(${JSON.stringify(scenario())})`);
  assert.equal(evaluate(foreign, Object.assign(Object.create(null), request())).decision, "allowed");
});

check("what cannot be read is thrown as an Error with a sentence", () => {
  refuses(() => evaluate(), "`scenario`: expected plain data, found `undefined`");
  refuses(() => evaluate(scenario()), "`request`: expected plain data, found `undefined`");
  refuses(() => test(null), "`scenario`: a scenario is a JSON object, not `null`");
  refuses(() => test({}), "`scenario`: `format`: missing; a scenario begins with `\"format\": 1`");
  assert.throws(() => test({ format: 2 }), /made by a newer version/);
  assert.throws(() => test({ format: 1, acounts: [] }), /unknown member `acounts`/);
  assert.throws(() => evaluate(scenario(), { ...request(), principal: "Ana" }), /^Error: `principal`: `Ana` is not a principal/);
  assert.throws(() => evaluate(scenario(), { ...request(), expect: "yes" }), /^Error: `request`: `expect`/);
});

check("what JSON has no word for is refused at its place", () => {
  const put = (value) => () => test({ format: 1, accounts: [{ id: "222222222222", tags: [1, value] }] });
  const at = "`scenario`: `accounts[0].tags[1]`: ";
  refuses(put(new Map()), `${at}expected plain data, found an object of the class \`Map\``);
  refuses(put(() => 1), `${at}expected plain data, found a function`);
  refuses(put(10n), `${at}expected plain data, found a bigint`);
  refuses(put(Symbol("x")), `${at}expected plain data, found a symbol`);
  refuses(put(undefined), `${at}expected plain data, found \`undefined\``);
  refuses(put(Number.NaN), `${at}NaN is not a number of JSON`);
  refuses(put(2 ** 53), `${at}this number is too large to be kept exactly; write it as a string`);
  refuses(put({ get x() { throw new Error("no"); } }), "`scenario`: `accounts[0].tags[1].x`: reading this member throws an error");
  refuses(put(Object.create({ inherited: 1 })), `${at}expected plain data, found an object of the class \`Object\``);
  refuses(put(Object.create(Object.create(Object.create(null)))), `${at}expected plain data, found an object of a class`);
  const endless = { format: 1 };
  endless.title = endless;
  assert.throws(() => test(endless), /nested more than 128 levels deep$/);
  // After all that it still answers.
  assert.equal(evaluate(scenario(), request()).decision, "allowed");
});

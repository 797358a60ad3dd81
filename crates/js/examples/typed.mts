// The types of a scenario, a request and an answer, in TypeScript.
import { check, evaluate, judge, test } from "scp-playground";
import type { Answer, Decision, Judgement, Problem, Request, Scenario, TestResult } from "scp-playground";

const request: Request = {
  name: "root starts an instance",
  principal: "arn:aws:iam::222222222222:root",
  action: "ec2:StartInstances",
  context: { "aws:RequestedRegion": "eu-west-1", "aws:TagKeys": ["team", "cost"], "aws:userid": null },
  expect: "allowed",
};
const scenario: Scenario = { format: 1, accounts: [{ id: "222222222222" }], requests: [request] };

const answer: Answer = evaluate(scenario, request);
const decision: Decision = answer.decision;
const blocked: string[] = answer.trace.gates.filter((gate) => gate.blocks).map((gate) => gate.gate);
const levels = answer.trace.gates.flatMap((gate) => gate.levels.map((level) => level.target?.id ?? gate.gate));
const judgement: Judgement = judge(scenario, request, { unknown: ["aws:SourceIp"], resources: ["arn:aws:ec2:*:222222222222:instance/*"] });
const failed: TestResult[] = test(scenario).filter((result) => !result.passed);
const refused: Problem[] = check(scenario).filter((problem) => problem.severity === "error");

// @ts-expect-error: AWS knows three words.
const wrong: Decision = "denied";
// @ts-expect-error: a scenario says its format.
evaluate({ accounts: [] }, request);
// @ts-expect-error: an account has `resources`, not `buckets`.
evaluate({ format: 1, accounts: [{ id: "222222222222", buckets: [] }] }, request);

export { blocked, decision, failed, judgement, levels, refused, wrong };

// Prints what fails, and what the tests themselves say: a thousand cases that pass need no line each.
export default async function* failures(events) {
  for await (const { type, data } of events) {
    if (type === "test:fail" && data.details.error?.code !== "ERR_TEST_FAILURE_SUBTEST") {
      const error = data.details.error?.cause ?? data.details.error;
      yield `FAILED ${data.name}\n  ${error?.message ?? error}\n`;
    } else if (type === "test:stderr" || type === "test:stdout") {
      yield data.message;
    }
  }
}

// Takes the time of what `scale_wasm.rs` does in this engine: node scale.mjs BINDINGS ACCOUNTS PRINCIPALS
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [, , bindings, accounts = "1000", principals = "20"] = process.argv;
const { Scale, memory_size } = createRequire(import.meta.url)(resolve(bindings));

const megabytes = () => (memory_size() / 1e6).toFixed(0);
const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
// On a busy machine the clock runs while others have the processor: what was used of it is told as well.
let used = process.cpuUsage();
const processor = () => {
  const now = process.cpuUsage(used);
  used = process.cpuUsage();
  return (now.user + now.system) / 1000;
};
const shown = (times, mean) => {
  times.sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)];
  return `${times[0].toFixed(2)} ms at best, ${middle.toFixed(2)} ms in the middle, ${mean.toFixed(2)} ms of processor on average of ${times.length}`;
};
// Takes the time of `work` for each turn, which `edit` prepares.
const measured = (turns, edit, work) => {
  const times = [];
  let processors = 0;
  for (let turn = 1; turn <= turns; turn++) {
    edit(turn);
    processor();
    times.push(timed(work));
    processors += processor();
  }
  return shown(times, processors / turns);
};

const scale = new Scale(Number(accounts), Number(principals));
console.log(`${accounts} accounts with ${principals} principals each`);
console.log(`  memory before                ${megabytes()} MB`);
processor();
const first = timed(() => scale.compute());
console.log(`  everybody, at first          ${first.toFixed(0)} ms, ${processor().toFixed(0)} ms of processor`);
console.log(`  memory behind                ${megabytes()} MB`);
const edits = { root: "an SCP at the root", regions: "the regions at the root", unit: "an SCP at an OU", role: "the policy of a role" };
for (const [edit, name] of Object.entries(edits)) {
  const times = measured(21, (turn) => scale[`edit_${edit}`](turn), () => scale.compute());
  console.log(`  ${name.padEnd(28)} ${times}`);
}
const alone = measured(41, (turn) => scale.edit_role(turn + 100), () => scale.one_principal());
console.log(`  one principal, all actions   ${alone}`);
console.log(`  the difference to the first  ${timed(() => scale.difference()).toFixed(1)} ms`);
console.log(`  memory at the end            ${megabytes()} MB`);

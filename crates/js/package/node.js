// Node reads the program from beside this file; bundlers go through scp_playground.js. Both share one program.
import { readFileSync } from "node:fs";
import * as bindings from "./scp_playground_bg.js";

const program = readFileSync(new URL("scp_playground_bg.wasm", import.meta.url));
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program), {
  "./scp_playground_bg.js": bindings,
});
bindings.__wbg_set_wasm(exports);
exports.__wbindgen_start();

export const { check, evaluate, judge, test } = bindings;

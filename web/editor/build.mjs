//! Bundles the editor into one module with the licences of what is inside it, and the styles into one sheet.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

mkdirSync("dist", { recursive: true });
const { metafile } = await build({
  entryPoints: ["editor.js"],
  outfile: "dist/editor.js",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
});

const { metafile: qr } = await build({
  entryPoints: ["qr.js"],
  outfile: "dist/qr.js",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
});

await build({
  entryPoints: ["../styles/main.css"],
  outfile: "dist/style.css",
  bundle: true,
  minify: true,
  logLevel: "warning",
});

writeFileSync("dist/LICENSE-editor.txt", licences([metafile, qr].flatMap(({ inputs }) => Object.keys(inputs))));
const bundle = readFileSync("dist/editor.js");
console.log(`      editor.js: ${bundle.length} bytes, ${brotliCompressSync(bundle).length} as brotli`);

/** The licence texts of the packages that these files come from. */
function licences(files) {
  const names = files.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const packages = [...new Set(names.filter(Boolean))].sort();
  return packages.map(licence).join("\n");
}

function licence(name) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`the package ${name} comes without a licence text`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8")}\n`;
}

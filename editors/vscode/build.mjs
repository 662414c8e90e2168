// Bundles the extension and the schema of .lintel.yaml, and writes the licences of the bundled packages to dist/third-party.txt.
import { build } from "esbuild";
import * as fs from "node:fs";
import * as path from "node:path";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  metafile: true,
  logLevel: "warning",
});

fs.copyFileSync("../../docs/lintel.schema.json", "dist/lintel.schema.json");

const folders = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const folder = input.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
  if (folder) {
    folders.add(folder);
  }
}

const parts = [...folders].sort().map((folder) => {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) {
    throw new Error(`${name} ${version} is bundled and has no licence`);
  }
  return `${name} ${version}\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}\n`;
});
fs.writeFileSync("dist/third-party.txt", parts.join(`\n${"-".repeat(72)}\n\n`));

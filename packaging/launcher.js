#!/usr/bin/env node
// Starts the program of the package for this platform, which npm installed as an optional dependency.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const { name } = require("../package.json");

const platform = `${name}-${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`${platform}/bin/lintel${process.platform === "win32" ? ".exe" : ""}`);
} catch {
  console.error(`lintel: the package ${platform} is not installed; there is none for this platform, or npm left out optional dependencies`);
  process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    // A console of Windows sends it to the program, too, where kill would end it at once.
    if (process.platform !== "win32") child.kill(signal);
  });
}
child.on("error", (error) => {
  console.error(`lintel: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));

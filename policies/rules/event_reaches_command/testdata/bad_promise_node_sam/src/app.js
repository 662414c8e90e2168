const { exec } = require("child_process");
const { promisify } = require("util");

const run = promisify(exec);

exports.handler = async (event) => run(`ping -c 1 ${event.host}`); // # want "with child_process.exec"

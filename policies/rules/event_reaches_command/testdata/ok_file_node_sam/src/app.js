const { execFile } = require("child_process");
const { promisify } = require("util");

const run = promisify(execFile);

exports.handler = async (event) => run("ping", ["-c", "1", event.host]);

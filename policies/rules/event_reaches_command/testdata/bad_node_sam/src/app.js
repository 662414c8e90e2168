const { execSync } = require("child_process");

exports.handler = async (event) => execSync(`ls ${event.path}`); // # want "with child_process.execSync"

const { build } = require("./object");
module.exports = build();

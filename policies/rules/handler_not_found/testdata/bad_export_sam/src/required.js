module.exports = require("./local");

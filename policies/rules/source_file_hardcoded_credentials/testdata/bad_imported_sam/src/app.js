const { key } = require("./config");

exports.handler = async () => key.length;

const { list } = require("./lib/buckets");

exports.handler = async () => list();

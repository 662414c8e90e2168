const orders = require("./orders");

exports.save = async (event) => orders.save(event.id);

exports.handler = async () => orders.hello();

const handler = async (event) => event;
module.exports.run = handler;

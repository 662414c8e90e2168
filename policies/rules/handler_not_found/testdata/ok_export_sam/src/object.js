const handler = async (event) => event;
module.exports = { handler };

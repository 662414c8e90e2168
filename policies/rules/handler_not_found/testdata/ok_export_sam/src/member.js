const api = {};
api.handler = async (event) => event;
module.exports = api;

exports.handler = async () => process.env["API_TOKEN"];

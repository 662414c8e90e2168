const { STAGE } = process.env;

exports.handler = async () => STAGE + process.env["NAME"];

process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"; // # want "does not verify"
exports.handler = async () => 1;

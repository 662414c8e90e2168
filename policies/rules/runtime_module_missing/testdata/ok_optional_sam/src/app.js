let sdk;
try {
  sdk = require("aws-sdk");
} catch (e) {
  sdk = require("@aws-sdk/client-s3");
}
exports.handler = async () => sdk;

const AWS = require("aws-sdk"); // # want "imports aws-sdk, which neither the runtime nodejs22.x nor the package contains"

exports.handler = async (event) => new AWS.S3().listBuckets().promise();

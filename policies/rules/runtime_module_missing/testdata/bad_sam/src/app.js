const AWS = require("aws-sdk"); // # want "imports aws-sdk"

exports.handler = async () => new AWS.S3();

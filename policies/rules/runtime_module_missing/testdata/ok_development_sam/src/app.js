const AWS = require("aws-sdk");

exports.handler = async (event) => new AWS.S3().listBuckets().promise();

const axios = require("axios");
const { S3Client } = require("@aws-sdk/client-s3");

exports.handler = async () => axios.get("https://example.com");

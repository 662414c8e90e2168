const { S3 } = require("@aws-sdk/client-s3");
const s3 = new S3();

exports.handler = async (event) => {
  await s3.putObject({ Bucket: "orders-in", Key: "total" }); // # want "calls PutObject on Bucket"
};

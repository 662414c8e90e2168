const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");

const s3 = new S3Client({});

exports.handler = async (event) => {
  const { bucket, object } = event.Records[0].s3;
  await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: `totals/${object.key}` })); // # want "on the bucket of the event"
};

const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");

const client = new SQSClient({});
const { QUEUE = "orders" } = process.env;
const topic = process.env.TOPIC || "orders";
const bucket = process.env.BUCKET;
if (!bucket) {
  console.log("no bucket");
}

exports.handler = async (event) => {
  console.log(process.env.STAGE, process.env.DEBUG === "true");
  return client.send(new SendMessageCommand({ QueueUrl: QUEUE, MessageBody: topic, Bucket: bucket, TableName: process.env.TABLE ?? "t" }));
};

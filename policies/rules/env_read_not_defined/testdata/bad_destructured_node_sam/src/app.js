const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");

const client = new SQSClient({});
const { QUEUE, NAMES = "a" } = process.env; // # want "QUEUE"

exports.handler = async (event) => {
  const hosts = process.env["HOSTS"].split(","); // # want "HOSTS"
  return client.send(new SendMessageCommand({ QueueUrl: QUEUE, MessageBody: NAMES + hosts }));
};

import { SQSClient } from "@aws-sdk/client-sqs";

const client = new SQSClient({ region: "eu-west-1" }); // # want "for the region eu-west-1"

export const handler = async () => client;

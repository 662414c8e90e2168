import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";

const s3 = new S3Client({});
const table = DynamoDBDocumentClient.from(new DynamoDBClient({ region: process.env.AWS_REGION }));

export const handler = async (event) => {
  await s3.send(new PutObjectCommand({ Bucket: "orders", Key: event.id })); // # want "does not allow s3:PutObject"
  return table.send(new GetCommand({ TableName: "orders", Key: { id: event.id } })); // # want "does not allow dynamodb:GetItem"
};

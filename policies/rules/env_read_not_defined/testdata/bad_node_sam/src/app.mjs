import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});
const table = process.env.TABLE_NAME; // # want "TABLE_NAME"

export const handler = async (event) => client.send(new GetItemCommand({ TableName: table, Key: { id: { S: event.id } } }));

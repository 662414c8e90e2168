const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");

const client = new DynamoDBClient({});
const table = process.env["TABLE"];

exports.hello = async () => "hello";

exports.save = async (id) => client.send(new PutItemCommand({ TableName: table, Item: { id: { S: id } } }));

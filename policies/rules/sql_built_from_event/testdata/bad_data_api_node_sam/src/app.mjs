import { RDSDataClient, ExecuteStatementCommand } from "@aws-sdk/client-rds-data";

const client = new RDSDataClient({});

export const handler = async (event) => {
  const sql = `SELECT * FROM orders WHERE id = ${event.id}`;
  return client.send(new ExecuteStatementCommand({ resourceArn: "a", secretArn: "b", sql })); // # want "with ExecuteStatementCommand"
};

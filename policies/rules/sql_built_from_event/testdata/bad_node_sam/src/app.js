const { Client } = require("pg");

const client = new Client();

exports.handler = async (event) => {
  const { id } = event.pathParameters;
  await client.connect();
  return client.query(`SELECT * FROM orders WHERE id = ${id}`); // # want "with query"
};

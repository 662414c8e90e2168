const { Client } = require("pg");

const client = new Client();
const TABLE = "orders";

exports.handler = async (event) => {
  await client.connect();
  await client.query(`SELECT * FROM ${TABLE} WHERE id = $1`, [event.id]);
  const ids = event.ids;
  const marks = ids.map((id, i) => `$${i + 1}`).join(", ");
  return client.query(`SELECT * FROM orders WHERE id IN (${marks})`, ids);
};

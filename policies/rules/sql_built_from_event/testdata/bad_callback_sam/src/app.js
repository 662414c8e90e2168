const mysql = require("mysql2");

const pool = mysql.createPool({});

exports.handler = (event, context, callback) => {
  const body = JSON.parse(event.body);
  pool.getConnection((error, connection) => {
    connection.query("SELECT * FROM orders WHERE name = '" + body.name + "'", callback); // # want "with query"
  });
};

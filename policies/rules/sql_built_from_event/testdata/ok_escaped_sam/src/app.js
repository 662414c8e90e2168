const mysql = require("mysql");

const connection = mysql.createConnection({});

exports.handler = async (event) => {
  connection.query("SELECT * FROM orders WHERE name = " + mysql.escape(event.name));
  const order = event.direction === "up" ? "ASC" : "DESC";
  connection.query(`SELECT * FROM orders ORDER BY name ${order}`);
};

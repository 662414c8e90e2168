const { Pool } = require("pg");

const pool = new Pool({
  host: process.env.DB_HOST,
  ssl: { rejectUnauthorized: false }, // # want "does not verify certificates of servers: pg.Pool"
});

exports.handler = async () => (await pool.query("SELECT 1")).rows;

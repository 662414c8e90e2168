const fs = require("node:fs");
const axios = require("axios"); // # want "imports axios"

exports.handler = async () => axios.get("https://example.com");

const fs = require("fs");

exports.handler = async (event) => {
  fs.writeFileSync(`/tmp/${event.id}.json`, "{}"); // # want "never removes files"
};

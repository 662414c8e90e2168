exports.handler = async () => {
  console.log(JSON.stringify(process.env)); // # want "logs its whole environment"
};

exports.handler = async (event) => {
  console.log("event: " + JSON.stringify(event)); // # want "the token of the caller"
};

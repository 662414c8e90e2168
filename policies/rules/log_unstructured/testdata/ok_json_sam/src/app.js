exports.handler = async (event) => {
  console.log("order", event.id);
};

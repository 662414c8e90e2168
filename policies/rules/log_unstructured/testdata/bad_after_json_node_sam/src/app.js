exports.handler = async (event) => {
  console.log(JSON.stringify({ message: "order" }));
  console.log("order", JSON.stringify(event.id)); // # want "with console.log"
};

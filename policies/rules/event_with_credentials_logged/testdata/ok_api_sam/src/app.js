exports.handler = async (event) => {
  console.log("path: " + event.rawPath);
  delete event.headers.authorization;
  console.log(event);
};

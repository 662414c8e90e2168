exports.debug = async () => {
  console.log(process.env);
};

exports.handler = async (event) => event;

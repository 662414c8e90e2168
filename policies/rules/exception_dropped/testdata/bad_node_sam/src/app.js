exports.handler = async (event) => {
  try {
    return JSON.parse(event.body);
  } catch (e) {} // # want "drops every exception"
};

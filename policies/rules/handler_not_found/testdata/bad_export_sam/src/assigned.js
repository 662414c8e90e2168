module.exports = async function handler(event) {
  return event;
};

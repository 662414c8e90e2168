export default { handler: async (event) => event };

const api = { handler: async (event: object) => event };
export = api;

export const handler = async (event) => event;
export const find = handler;

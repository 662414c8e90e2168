export const find = async (event) => event;
const handler = find;

export default async (event) => event;

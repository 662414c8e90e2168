export { find as handler } from "./orders.mjs";

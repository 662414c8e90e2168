export { find as run } from "./orders.mjs";

export * as orders from "./orders.mjs";

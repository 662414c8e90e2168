export * from "./orders.mjs";

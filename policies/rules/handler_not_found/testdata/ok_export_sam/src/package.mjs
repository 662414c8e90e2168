export * from "@example/orders";

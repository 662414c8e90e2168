"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.find = exports.handler = void 0;
const handler = async (event) => event;
exports.handler = handler;

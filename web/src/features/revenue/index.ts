// What other features may use of this one.
export { barNames, reasonNames, statusOf } from "./payments/payment-words.ts";

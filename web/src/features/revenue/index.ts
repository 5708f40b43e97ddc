// What other features may use of this one.
export { PaymentBadge } from "./payments/payment-badge.tsx";
export { barNames, reasonNames } from "./payments/payment-words.ts";

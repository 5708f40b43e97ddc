/** One step of an explanation, in words; the panel adds the links to its evidence. */
export type WhyStep = {
  readonly id:
    | "payment"
    | "credit"
    | "credited"
    | "exchange"
    | "rate"
    | "commission"
    | "rounding"
    | "absence"
    | "correction"
    | "adjustment";
  readonly title: string;
  readonly figure: string;
  readonly evidence?: string;
  readonly isResult?: boolean;
};

/** What a new organization pays until it approves a plan of its own: 6 % of verified payments, from the first on. */
export const firstPlan = { name: "Standard", component: "Base commission", rate: "0.06" } as const;

import type { Role } from "@rainmaker/contracts/organization/permissions";

export const demoPassword = "demo-rainmaker";
export const demoOrganization = "Halden Systems";

export type Part = {
  readonly key: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string;
  readonly roles: readonly Role[];
  readonly team: string | null;
};

const part = (
  firstName: string,
  lastName: string,
  jobTitle: string,
  roles: readonly Role[],
  team: string | null,
): Part => ({
  key: firstName.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, ""),
  firstName,
  lastName,
  jobTitle,
  roles,
  team,
});

/** The admin who registers the organization. */
export const founder = part("Ingrid", "Solberg", "Organisation admin", ["org_admin"], null);

export const cast: readonly Part[] = [
  part("Daniel", "Reyes", "Sales manager, West", ["manager"], "West"),
  part("Maya", "Okafor", "Account executive", ["sales_rep"], "West"),
  part("Tomás", "Ferreira", "Account executive", ["sales_rep"], "West"),
  part("Aisha", "Rahman", "Account executive", ["sales_rep"], "West"),
  part("Lena", "Hoffmann", "Account executive", ["sales_rep"], "West"),
  part("Jonah", "Whitlock", "Account executive", ["sales_rep"], "West"),
  part("Sofia", "Lindqvist", "Sales manager, Enterprise", ["manager"], "Enterprise"),
  part("Kenji", "Mori", "Enterprise executive", ["sales_rep"], "Enterprise"),
  part("Petra", "Blom", "Enterprise executive", ["sales_rep"], "Enterprise"),
  part("Emre", "Bulut", "Enterprise executive", ["sales_rep"], "Enterprise"),
  part("Priya", "Natarajan", "Payment verifier", ["verifier"], "Finance"),
  part("Owen", "Clarke", "Payment verifier", ["verifier"], "Finance"),
  part("Beatriz", "Nunes", "Head of finance", ["org_admin", "finance"], "Finance"),
  part("Theo", "Lang", "Revenue analyst", ["analyst"], null),
  part("Chloe", "Webb", "Board member", ["viewer"], null),
];

/** Teams with who leads each, in the order they are made: a parent first. */
export const teams: readonly {
  readonly name: string;
  readonly parent: string | null;
  readonly leader: string | null;
}[] = [
  { name: "Sales", parent: null, leader: null },
  { name: "West", parent: "Sales", leader: "daniel" },
  { name: "Enterprise", parent: "Sales", leader: "sofia" },
  { name: "Finance", parent: null, leader: "beatriz" },
];

/** Reps with who manages them and how large their sales are. */
export const sellers: readonly {
  readonly key: string;
  readonly manager: string;
  readonly scale: number;
}[] = [
  { key: "maya", manager: "daniel", scale: 1 },
  { key: "tomas", manager: "daniel", scale: 0.95 },
  { key: "aisha", manager: "daniel", scale: 0.85 },
  { key: "lena", manager: "daniel", scale: 0.75 },
  { key: "jonah", manager: "daniel", scale: 0.6 },
  { key: "kenji", manager: "sofia", scale: 1.5 },
  { key: "petra", manager: "sofia", scale: 1.4 },
  { key: "emre", manager: "sofia", scale: 1.1 },
];

export function emailOf({ firstName, lastName }: Pick<Part, "firstName" | "lastName">): string {
  const plain = (text: string): string => text.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return `${plain(firstName)}.${plain(lastName)}@halden.example`;
}

/** Accounts the start prints. */
export const demoAccounts = [
  { role: "rep", email: "maya.okafor@halden.example" },
  { role: "manager", email: "daniel.reyes@halden.example" },
  { role: "verifier", email: "priya.natarajan@halden.example" },
  { role: "admin", email: "ingrid.solberg@halden.example" },
] as const;

const wellKnown =
  "Kestrel Aerospace:Aerospace:Wichita|Brightwater Logistics:Logistics:Portland|Volta Freight:Logistics:Oakland|Pelican Marine Supply:Marine:Tacoma|" +
  "Harborline Ports:Marine:Long Beach|Juniper Cold Chain:Food logistics:Boise|Calder Rail:Rail:Denver|Redfern Mining:Mining:Elko|" +
  "Ashgrove Dairies:Food:Fresno|Castellan Foods:Food:Sacramento|Lumen Textiles:Textiles:Reno|Tessera Retail Group:Retail:San Jose|" +
  "Novak Steelworks:Steel:Pueblo|Marlow Utilities:Utilities:Spokane|Finch & Co Grocers:Retail:Eugene|Osprey Car Hire:Mobility:San Diego|" +
  "Quarrystone Build:Construction:Phoenix|Orchard & Pine:Hospitality:Bend|Summit Ridge Hospitals:Health:Salt Lake City|Arden Parcel:Logistics:Tucson";

const firstWords =
  "Alder Beacon Cobalt Dunmore Elmstead Fairview Granite Hazelwood Ironbridge Jasper Kingsway Larkfield Meridian Northgate Oakhurst Pinnacle Quayside Ravenna Silverlake Thornbury".split(
    " ",
  );
const kinds: readonly (readonly [string, string])[] = [
  ["Haulage", "Logistics"],
  ["Foods", "Food"],
  ["Builders", "Construction"],
  ["Clinics", "Health"],
  ["Energy", "Utilities"],
];
const places = "Seattle Portland Denver Phoenix Sacramento Boise Reno Tucson Oakland Spokane".split(" ");

export type DemoCustomer = { readonly name: string; readonly industry: string; readonly location: string };

/** 120 companies, all invented. */
export const demoCustomers: readonly DemoCustomer[] = [
  ...wellKnown.split("|").map((text) => {
    const [name = "", industry = "", location = ""] = text.split(":");
    return { name, industry, location };
  }),
  ...firstWords.flatMap((word, index) =>
    kinds.map(([kind, industry], place) => ({
      name: `${word} ${kind}`,
      industry,
      location: places[(index + place) % places.length] ?? "Seattle",
    })),
  ),
];

/** Who owns a customer, by its index. */
export function sellerOf(customer: number): string {
  return sellers[customer % sellers.length]?.key ?? "";
}

/** Indices of a seller's customers. */
export function customersOf(seller: string): number[] {
  return [...demoCustomers.keys()].filter((index) => sellerOf(index) === seller);
}

export const saleTitles: readonly string[] = [
  "Ground fleet, {n} vehicles",
  "Depot rollout, {s} sites",
  "Cold-chain alerts",
  "Yard crane telemetry",
  "Refrigerated van pilot",
  "Return-lot tracking",
  "Store delivery windows",
  "Haul-truck sensors",
  "Dock sensors, phase {s}",
  "Crew van tracking",
  "Plant {s} rollout",
  "Telematics rollout",
  "Phase {s} expansion",
  "Route planning licence",
  "Trailer locks, {n} units",
];

export const nextSteps: readonly string[] = [
  "Send revised quote",
  "Call with operations",
  "Site visit",
  "Legal review",
  "Demo for the depot team",
  "Signature",
  "Reference call",
];
export const lostReasonsWeighted = ["price", "price", "competitor", "no_budget", "no_decision", "timing"] as const;

/** A company as somebody typed it, and which one it is. */
export type Labelled = {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly sameAs: number;
};

const heads =
  "Kes Aur Bri Cob Del Ever Fal Gran Har Ind Jun Kod Lan Mer Nor Oak Pol Quar Riv Sil Tam Ul Vel Wes Yar Zen".split(
    " ",
  );
const middles = "trel ora stol alt phi est conia itte bour igo iper iakan terna idian thwind haven".split(" ");
const trades =
  "Logistics Foods Shipping Textiles Energy Optics Robotics Pharma Timber Studios Water Systems Consulting Partners".split(
    " ",
  );
const forms = ["GmbH", "Ltd", "Inc.", "S.A.", "AG", "LLC", "B.V.", ""];

/** The same numbers for the same seed, anywhere. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Companies, of which a third are there twice, as two people type them: other legal form, case, accents, a slip, another
 * way to write the phone number. Among them many that are not the same and have half a name, or all of it, in common.
 */
export function labelledCompanies(count: number): Labelled[] {
  const pick = random(20_261_120);
  const from = <Item>(items: readonly Item[]): Item => items[pick(items.length)] as Item;
  const made: Labelled[] = [];
  const add = (sameAs: number, fields: Pick<Labelled, "name" | "email" | "phone" | "website">): void => {
    const number = made.length + 1;
    made.push({ id: `01910000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`, number, sameAs, ...fields });
  };
  /** Names, and whether their domain is known. */
  const taken = new Map<string, boolean>();
  for (let company = 0; made.length < count; company += 1) {
    const name = `${from(heads)}${from(middles)} ${from(trades)}`;
    // A few have another's name, each a domain of its own: without, nobody could tell them apart.
    const isNamesake = taken.has(name);
    if (isNamesake && (taken.get(name) === false || pick(6) > 0)) continue;
    const domain = `${name.toLowerCase().replaceAll(/[^a-z]/g, "-")}${isNamesake ? `-${company}` : ""}.example`;
    const phone = `+49 30 ${String(1_000_000 + company * 7919).slice(0, 8)}`;
    const isKnown = isNamesake || pick(3) > 0;
    taken.set(name, isKnown);
    const website = isKnown ? `https://www.${domain}` : null;
    add(company, { name: `${name} ${from(forms)}`.trim(), email: null, phone: pick(2) === 0 ? phone : null, website });
    if (pick(3) > 0) continue;
    add(company, again({ name, domain, phone, isKnown, isNamesake }, from, pick));
  }
  return made;
}

type Company = {
  readonly name: string;
  readonly domain: string;
  readonly phone: string;
  readonly isKnown: boolean;
  readonly isNamesake: boolean;
};
type From = <Item>(items: readonly Item[]) => Item;

/** The same company as another person types it. */
function again(
  { name, domain, phone, isKnown, isNamesake }: Company,
  from: From,
  pick: (below: number) => number,
): Pick<Labelled, "name" | "email" | "phone" | "website"> {
  return {
    name: retyped(name, from, pick),
    email: isKnown && pick(2) === 0 ? `${from(["info", "office", "sales"])}@${domain}` : null,
    phone: pick(2) === 0 ? phone.replace("+49 ", "0").replaceAll(" ", "/") : null,
    website: isNamesake ? `http://${domain}/about` : null,
  };
}

function retyped(name: string, from: From, pick: (below: number) => number): string {
  const [one = "", two = ""] = name.split(" ");
  const place = 1 + pick(one.length - 2);
  const written = [
    name.toUpperCase(),
    `${one}-${two}`,
    name.replace("o", "ó"),
    `${one}  ${two},`,
    `${one.slice(0, place)}${one.slice(place + 1)} ${two}`,
  ];
  return `${from(written)} ${from(forms)}`.trim();
}

import type pg from "pg";

/** What somebody typed, and the record they meant. */
export type RankingQuery = { readonly typed: string; readonly id: string; readonly why: string };

const first = "Ana Björn Chloé Dmitri Émile Fatima Grażyna Håkon Inés João Kenji Łukasz Márta Núria Ömer Priya".split(
  " ",
);
const last =
  "Müller Nowak Okafor Pérez Quist Rossi Søndergaard Takahashi Ullman Vasquez Wójcik Yılmaz Zeman Ađić Brûlé".split(
    " ",
  );
const head =
  "Kestrel Aurora Bristol Cobalt Delphi Everest Falcon Granite Harbour Indigo Juniper Kodiak Lantern Meridian".split(
    " ",
  );
const tail = "Aerospace Logistics Foods Shipping Textiles Energy Optics Robotics Pharma Timber Studios Water".split(
  " ",
);
const purpose = "rollout renewal pilot expansion retrofit migration".split(" ");

const at = <Item>(items: readonly Item[], place: number): Item => items[place % items.length] as Item;
const idOf = (kind: number, n: number): string =>
  `0190${kind.toString(16).padStart(4, "0")}-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;

const companies = Array.from({ length: head.length * tail.length }, (_, n) => ({
  id: idOf(1, n),
  number: n + 1,
  name: `${at(head, n)} ${at(tail, Math.floor(n / head.length))} ${at(["GmbH", "Ltd", "S.A.", "Inc"], n)}`,
  website: `https://www.${at(head, n)}-${at(tail, Math.floor(n / head.length))}.example`.toLowerCase(),
  phone: `+44 20 ${7000 + n} ${1000 + ((n * 37) % 9000)}`,
}));
const people = Array.from({ length: first.length * last.length }, (_, n) => ({
  id: idOf(2, n),
  number: n + 1,
  firstName: at(first, n),
  lastName: at(last, Math.floor(n / first.length)),
  email: `p${n}.${at(tail, n).toLowerCase()}@mail${n}.example`,
}));
const sales = companies.flatMap(({ id, name }, n) =>
  [0, 1].map((turn) => ({
    id: idOf(3, n * 2 + turn),
    number: n * 2 + turn + 1,
    customerId: id,
    title: `${name.split(" ").slice(0, 2).join(" ")} ${at(purpose, n + turn)} ${2020 + ((n + turn) % 7)}`,
    amountMinor: (n * 2 + turn) * 1117 + 100_003,
  })),
);

/** Deterministic companies, people and sales whose names have much in common. */
export async function rankingRecords(owner: pg.Client, organizationId: string, ownerId: string): Promise<void> {
  const insert = (text: string, rows: readonly object[]): Promise<unknown> =>
    owner.query(text, [organizationId, ownerId, JSON.stringify(rows)]);
  await insert(
    `insert into customer (organization_id, id, number, owner_id, name, kind, website, phone, created_at, updated_at, version)
     select $1, id, number, $2, name, 'company', website, phone, '2026-01-01', '2026-01-01', 1
     from jsonb_to_recordset($3) as g(id uuid, number bigint, name text, website text, phone text)`,
    companies,
  );
  await insert(
    `insert into contact (organization_id, id, number, owner_id, first_name, last_name, created_at, updated_at, version)
     select $1, id, number, $2, "firstName", "lastName", '2026-01-01', '2026-01-01', 1
     from jsonb_to_recordset($3) as g(id uuid, number bigint, "firstName" text, "lastName" text)`,
    people,
  );
  await insert(
    `insert into contact_point (organization_id, id, contact_id, owner_id, kind, label, position, value, key, is_live)
     select $1, gen_random_uuid(), id, $2, 'email', 'work', 0, email, email, true from jsonb_to_recordset($3) as g(id uuid, email text)`,
    people,
  );
  await insert(
    `insert into opportunity (organization_id, id, number, owner_id, customer_id, pipeline_id, stage_id, stage_since, rank, title, amount_minor, currency, opened_on, created_at, updated_at, version)
     select $1, g.id, number, $2, "customerId", s.pipeline_id, s.id, '2026-01-01', 'r' || number, title, "amountMinor", 'USD', '2026-01-01', '2026-01-01', '2026-01-01', 1
     from jsonb_to_recordset($3) as g(id uuid, number bigint, "customerId" uuid, title text, "amountMinor" bigint),
       (select id, pipeline_id from stage where organization_id = $1 order by position limit 1) s`,
    sales,
  );
}

const bare = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "");
const slip = (word: string, n: number): string => {
  const place = 1 + (n % (word.length - 2));
  const swapped = word.slice(0, place) + word.charAt(place + 1) + word.charAt(place) + word.slice(place + 2);
  return n % 3 === 0
    ? word.slice(0, place) + word.slice(place + 1)
    : n % 3 === 1
      ? swapped
      : `${word.slice(0, place)}x${word.slice(place)}`;
};

function of(count: number, why: string, make: (n: number) => Omit<RankingQuery, "why">): RankingQuery[] {
  return Array.from({ length: count }, (_, n) => ({ ...make(n), why }));
}

const company = (n: number): (typeof companies)[number] => at(companies, n * 11 + 3);
const person = (n: number): (typeof people)[number] => at(people, n * 17 + 5);
const sale = (n: number): (typeof sales)[number] => at(sales, n * 23 + 7);
const wordsOf = ({ name }: (typeof companies)[number]): [string, string] =>
  name.split(" ").slice(0, 2) as [string, string];

export const rankingQueries: readonly RankingQuery[] = [
  ...of(30, "the name as it is", (n) => ({ typed: company(n).name, id: company(n).id })),
  ...of(20, "beginnings of its words", (n) => {
    const [one, two] = wordsOf(company(n));
    return { typed: `${one.slice(0, 5)} ${two.slice(0, 4)}`, id: company(n).id };
  }),
  ...of(10, "words the other way round, without case", (n) => {
    const [one, two] = wordsOf(company(n + 40));
    return { typed: `${two} ${one}`.toLowerCase(), id: company(n + 40).id };
  }),
  ...of(20, "a slip in the longer word", (n) => {
    const [one, two] = wordsOf(company(n + 7));
    return { typed: two.length > 5 ? `${one} ${slip(two, n)}` : `${slip(one, n)} ${two}`, id: company(n + 7).id };
  }),
  ...of(10, "without the gap", (n) => ({
    typed: wordsOf(company(n + 60))
      .join("")
      .toLowerCase(),
    id: company(n + 60).id,
  })),
  ...of(30, "a person without accents", (n) => ({
    typed: bare(`${person(n).firstName} ${person(n).lastName}`),
    id: person(n).id,
  })),
  ...of(10, "last name first", (n) => ({
    typed: `${person(n + 31).lastName}, ${person(n + 31).firstName}`,
    id: person(n + 31).id,
  })),
  ...of(15, "an address", (n) => ({ typed: person(n + 9).email.slice(0, 14), id: person(n + 9).id })),
  ...of(15, "a phone number as it is dialled at home", (n) => ({
    typed: company(n + 20)
      .phone.replace("+44 ", "0")
      .replaceAll(" ", n % 2 === 0 ? "" : "-"),
    id: company(n + 20).id,
  })),
  ...of(5, "the website", (n) => ({
    typed: company(n + 13).website.replace("https://www.", ""),
    id: company(n + 13).id,
  })),
  ...of(15, "a number", (n) => ({ typed: `OPP-${sale(n).number}`, id: sale(n).id })),
  ...of(10, "an amount", (n) => ({ typed: (sale(n).amountMinor / 100).toFixed(2), id: sale(n).id })),
  ...of(10, "words of a sale", (n) => ({ typed: sale(n + 50).title.toLowerCase(), id: sale(n + 50).id })),
];

/** A statement of a migration, without comments, as a check reads it. */
type SqlStatement = { readonly table: string | null; readonly text: string };

/**
 * What no table of the domain may have: a column that reads the database's clock, an instant without a time zone, a
 * binary fraction.
 */
export function offencesOf(migration: string): { table: string; offence: string }[] {
  return statementsOf(migration).flatMap(({ table, text }) =>
    table === null
      ? []
      : Object.entries(forbidden)
          .filter(([, pattern]) => pattern.test(text))
          .map(([offence]) => ({ table, offence })),
  );
}

const forbidden = {
  "default from the database's clock":
    /\bdefault\s+\(*(?:now\s*\(|current_timestamp|current_date|localtimestamp|(?:clock|statement|transaction)_timestamp)/i,
  "timestamp without time zone": /\btimestamp\b(?!\s*(?:\(\d+\)\s*)?with time zone)/i,
  "binary fraction or money": /\s(?:real|float\d*|double precision|money)\b/i,
};

/** Splits a migration into statements; bodies, texts and comments are emptied, in one pass, because each may hold the other. */
function statementsOf(migration: string): SqlStatement[] {
  return migration
    .replaceAll(/\$\$[\s\S]*?\$\$|'(?:[^']|'')*'|--.*$/gm, (found) => (found.startsWith("--") ? "" : "''"))
    .split(";")
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((text) => ({ table: /^(?:create|alter) table (?:if not exists )?([\w.]+)/i.exec(text)?.[1] ?? null, text }));
}

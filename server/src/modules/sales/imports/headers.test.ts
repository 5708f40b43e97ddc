import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { proposeMapping } from "../../records/import/import.ts";
import { contactImporter } from "../contacts/contact-importer.command.ts";
import { customerImporter } from "../customers/customer-importer.command.ts";
import { interactionImporter } from "../interactions/interaction-importer.command.ts";
import { opportunityImporter } from "../opportunities/opportunity-importer.command.ts";
import { productImporter } from "../products/product-importer.command.ts";

const folder = join(import.meta.dirname, "../../../../test/corpora/headers");
const importers = [customerImporter, contactImporter, opportunityImporter, interactionImporter, productImporter];
type Expected = Record<string, Record<string, string | null>>;

/** Headers of a file of one system and kind, each with what it means here and what it was taken for. */
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => {
    const expected = JSON.parse(readFileSync(join(folder, name), "utf8")) as Expected;
    return Object.entries(expected).map(([entity, headers]) => {
      const importer = importers.find((one) => one.entity === entity);
      if (importer === undefined) throw new RangeError(entity);
      const columns = Object.keys(headers).map((header, index) => ({ index, header, samples: [] }));
      const mapped = proposeMapping(columns, importer.fields, importer.nouns);
      const found = columns.map(({ header }, index) => ({
        header,
        meant: headers[header] ?? null,
        taken: mapped[index]?.field ?? null,
      }));
      return { file: `${name} ${entity}`, found };
    });
  });

describe("headers of other systems' exports", () => {
  test.each(files)("$file: none is taken for something else", ({ found }) => {
    expect(found.filter(({ meant, taken }) => taken !== null && taken !== meant)).toEqual([]);
  });

  test("at least 95 % of those that mean something here are understood, of more than 200", () => {
    const meaning = files.flatMap(({ found }) => found).filter(({ meant }) => meant !== null);
    const missed = meaning.filter(({ meant, taken }) => taken !== meant);
    expect(meaning.length).toBeGreaterThan(200);
    expect(missed.length / meaning.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.05);
  });
});

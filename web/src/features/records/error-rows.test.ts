import { expect, test } from "vitest";
import { readErrorRows } from "./error-rows.ts";

const head = "Company,Mail,_row,_field,_code,_message";

test("each row has its place, its field and its reason, beside the file's own cells", () => {
  expect(readErrorRows(`\uFEFF${head}\r\nAcme,x@@y,18,email,email_wrong,Not an e-mail address\r\n`)).toEqual([
    { row: "18", field: "email", message: "Not an e-mail address", cells: ["Acme", "x@@y"] },
  ]);
});

test("commas, quotes and line ends inside cells do not cut them", () => {
  const [row] = readErrorRows(`${head}\r\n"Acme, ""the"" one\nand only",,2,name,too_long,"Long, too long"\r\n`);
  expect(row).toEqual({
    row: "2",
    field: "name",
    message: "Long, too long",
    cells: ['Acme, "the" one\nand only', ""],
  });
});

test("empty cells at the start and the end stay in their places", () => {
  const rows = readErrorRows(`${head}\r\n,,3,name,required,A customer needs a name\r\n,b,4,,row_not_readable,\r\n`);
  expect(rows.map(({ row, cells, message }) => [row, cells, message])).toEqual([
    ["3", ["", ""], "A customer needs a name"],
    ["4", ["", "b"], ""],
  ]);
});

test("a file with its head alone has no rows", () => {
  expect(readErrorRows(`${head}\r\n`)).toEqual([]);
});

// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { FieldConflict } from "#lib/save-field";
import { InlineField } from "./inline-field.tsx";
import { TextField } from "./text-field.tsx";

afterEach(cleanup);

type PhoneProps = { readonly value: string; readonly onSave: (value: string) => Promise<unknown> };

function Phone({ value, onSave }: PhoneProps): ReactElement {
  return (
    <dl>
      <InlineField label="Phone" value={value} display={value} emptyLabel="Add" onSave={onSave}>
        {(field) => <TextField {...field} />}
      </InlineField>
    </dl>
  );
}

test("what is saved was seen when editing began, whatever arrives meanwhile; using one's own afterwards is seen anew", async () => {
  const before = vi.fn(async () => Promise.reject(new FieldConflict({ version: 2 })));
  const after = vi.fn(async () => Promise.resolve());
  const { rerender } = render(<Phone value="1" onSave={before} />);
  fireEvent.click(screen.getByRole("button", { name: /Edit Phone/ }));
  fireEvent.change(screen.getByRole("textbox", { name: "Phone" }), { target: { value: "mine" } });
  rerender(<Phone value="theirs" onSave={after} />);
  fireEvent.keyDown(screen.getByRole("textbox", { name: "Phone" }), { key: "Enter" });
  fireEvent.click(await screen.findByRole("button", { name: "Use mine" }));
  expect(before.mock.calls).toEqual([["mine"]]);
  expect(after.mock.calls).toEqual([["mine"]]);
});

// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState, type ReactElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { MoneyField } from "./money-field.tsx";
import { Sheet } from "./sheet.tsx";

afterEach(cleanup);

function MoneySheet({ onSend }: { readonly onSend: (amount: string | null) => void }): ReactElement {
  const [form, setForm] = useState<HTMLFormElement | null>(null);
  const [amount, setAmount] = useState<string | null>("10000.00");
  return (
    <Sheet isOpen onClose={() => undefined} title="Payment" form={form}>
      <form
        ref={setForm}
        onSubmit={(event) => {
          event.preventDefault();
          onSend(amount);
        }}
      >
        <MoneyField label="Amount" currency="USD" value={amount} onChange={setAmount} />
      </form>
    </Sheet>
  );
}

test("Ctrl Enter sends what was just typed, not what the field held before", async () => {
  const onSend = vi.fn();
  render(<MoneySheet onSend={onSend} />);
  const field = screen.getByRole("textbox");
  fireEvent.change(field, { target: { value: "11k" } });
  fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
  await waitFor(() => expect(onSend).toHaveBeenCalled());
  expect(onSend.mock.calls).toEqual([["11000.00"]]);
});

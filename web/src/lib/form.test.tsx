// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { PasswordField } from "../ui/password-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ApiProblem } from "./api-problem.ts";
import { useForm } from "./form.ts";

afterEach(cleanup);

const schema = z.strictObject({ email: z.string().check(z.email()), password: z.string().check(z.minLength(8)) });

type Sent = z.output<typeof schema>;

function Example({ send }: { readonly send: (body: Sent) => Promise<unknown> }): ReactElement {
  const form = useForm({ initial: { email: "", password: "" }, schema, toBody: (values) => values, send });
  return (
    <form {...form.props}>
      <TextField label="Email" {...form.field("email")} />
      <PasswordField label="Password" autoComplete="new-password" {...form.field("password")} />
      <button type="submit">Send</button>
      <output>{form.problem instanceof ApiProblem ? form.problem.detail : ""}</output>
    </form>
  );
}

const type = (label: string, value: string): boolean =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const submit = (): boolean => fireEvent.click(screen.getByText("Send"));

const refusal = (errors: ApiProblem["errors"]): ApiProblem =>
  new ApiProblem({
    type: "",
    title: "",
    status: 422,
    code: "invalid",
    detail: "No",
    errors: [...errors],
    requestId: "",
  });

test("says nothing about a field before it was left", () => {
  render(<Example send={vi.fn()} />);
  type("Email", "no");
  expect(screen.getByLabelText("Email").getAttribute("aria-invalid")).toBeNull();
  fireEvent.blur(screen.getByLabelText("Email"));
  expect(screen.getByLabelText("Email").getAttribute("aria-invalid")).toBe("true");
  type("Email", "maya@halden.example");
  expect(screen.getByLabelText("Email").getAttribute("aria-invalid")).toBeNull();
});

test("sending focuses the first field that is wrong and sends nothing", () => {
  const send = vi.fn();
  render(<Example send={send} />);
  type("Email", "maya@halden.example");
  submit();
  expect(document.activeElement).toBe(screen.getByLabelText("Password"));
  expect(send).not.toHaveBeenCalled();
});

test("what the server says about a field stands at the field until it changes", async () => {
  const errors = [{ path: "email", code: "taken", message: "This address has an account already" }];
  render(<Example send={vi.fn().mockRejectedValue(refusal(errors))} />);
  type("Email", "maya@halden.example");
  type("Password", "correct horse");
  submit();
  await waitFor(() => expect(screen.getByText("This address has an account already")).toBeTruthy());
  expect(document.activeElement).toBe(screen.getByLabelText("Email"));
  type("Email", "nora@halden.example");
  expect(screen.queryByText("This address has an account already")).toBeNull();
});

test("a refusal that blames no field is a problem of the whole, and what was typed stays", async () => {
  render(<Example send={vi.fn().mockRejectedValue(refusal([]))} />);
  type("Email", "maya@halden.example");
  type("Password", "correct horse");
  submit();
  await waitFor(() => expect(screen.getByText("No")).toBeTruthy());
  expect(screen.getByLabelText<HTMLInputElement>("Email").value).toBe("maya@halden.example");
});

test("two quick clicks send once", async () => {
  const send = vi.fn().mockReturnValue(new Promise(() => undefined));
  render(<Example send={send} />);
  type("Email", "maya@halden.example");
  type("Password", "correct horse");
  submit();
  submit();
  expect(send).toHaveBeenCalledTimes(1);
});

import { TriangleAlert, X } from "lucide-react";
import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { splitAddresses, type Address } from "./addresses.ts";

type AddressFieldProps = {
  readonly addresses: readonly Address[];
  readonly onChange: (emails: readonly string[]) => void;
  readonly onSubmit: () => void;
  readonly error: string | undefined;
};

const words = { invalid: "not an address", known: "already here" } as const;

/** Many addresses as chips. Pasting takes a whole list; Enter, comma or space ends one; Backspace takes the last. */
export function AddressField({ addresses, onChange, onSubmit, error }: AddressFieldProps): ReactElement {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const emails = addresses.map(({ email }) => email);
  const add = (more: string): void => {
    setText("");
    const added = splitAddresses(more).filter((email) => !emails.includes(email));
    if (added.length > 0) onChange([...emails, ...added]);
  };
  const remove = (email: string): void => {
    onChange(emails.filter((other) => other !== email));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Backspace" && text === "") onChange(emails.slice(0, -1));
    if (event.key === "Enter" && text.trim() === "") onSubmit();
    if (!["Enter", ",", ";", " "].includes(event.key)) return;
    event.preventDefault();
    add(text);
  };
  const onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    add(`${text} ${event.clipboardData.getData("text")}`);
  };
  return (
    <div>
      {/* A click beside the chips is a click into the field; by keyboard the field itself is reached. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div
        onClick={() => input.current?.focus()}
        className={cx(
          "flex cursor-text flex-wrap gap-1.5 rounded-md border border-line-strong p-1.75 has-[:focus-visible]:border-focus has-[input:focus-visible]:outline-2 has-[input:focus-visible]:-outline-offset-1 has-[input:focus-visible]:outline-focus",
          error !== undefined && "border-danger",
        )}
      >
        <ul aria-label="Addresses" className="contents">
          {addresses.map((address) => (
            <AddressChip key={address.email} address={address} onRemove={() => remove(address.email)} />
          ))}
        </ul>
        <input
          ref={input}
          type="text"
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          aria-label="E-mail addresses"
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the panel opens because somebody wants to type here
          autoFocus
          placeholder={addresses.length === 0 ? "Paste one or many e-mail addresses" : "Paste more addresses"}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => add(text)}
          className="h-6.5 min-w-56 flex-1 bg-transparent px-1.5 outline-none max-sm:text-lg pointer-coarse:h-9"
        />
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className="pt-1.5 text-xs text-danger-fg">
          {error}
        </p>
      )}
    </div>
  );
}

function AddressChip({
  address,
  onRemove,
}: {
  readonly address: Address;
  readonly onRemove: () => void;
}): ReactElement {
  const { email, state } = address;
  const isOk = state === "ok";
  return (
    <li
      className={cx(
        "inline-flex h-6.5 max-w-full items-center gap-1.5 rounded-[7px] border px-2.25 text-[12.5px] text-muted",
        !isOk && "border-warning-line bg-warning-soft text-warning-fg",
      )}
    >
      {!isOk && <TriangleAlert size={12} aria-hidden="true" />}
      <span className="truncate">{email}</span>
      {!isOk && <b className="font-medium whitespace-nowrap text-default">{words[state]}</b>}
      <button
        type="button"
        aria-label={`Remove ${email}`}
        onClick={onRemove}
        className="-mr-1.5 grid size-6 place-items-center rounded-xs text-subtle hover:text-default"
      >
        <X size={12} aria-hidden="true" />
      </button>
    </li>
  );
}

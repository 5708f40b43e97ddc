import type { ContactId, CustomerId } from "@rainmaker/contracts/ids";
import { listContacts } from "@rainmaker/contracts/sales/contacts";
import { useQuery } from "@tanstack/react-query";
import { Phone } from "lucide-react";
import { useRef, useState, type ReactElement, type RefObject } from "react";
import { useKey } from "#lib/keys";
import { useMedia } from "#lib/media";
import { liveQuery } from "#lib/query";
import { useCan } from "#lib/session";
import { Button } from "#ui/button";
import { Sheet } from "#ui/sheet";
import { workOf } from "../contacts/contact-words.ts";
import { Composer } from "./composer.tsx";
import type { About, ContactRef } from "./interaction-draft.ts";

export type Logging = {
  readonly about: About;
  readonly people: readonly ContactRef[];
  readonly mayLog: boolean;
  readonly isSheetOpen: boolean;
  readonly textRef: RefObject<HTMLTextAreaElement | null>;
  /** Goes to the line it is written in; where the page has no room for one, opens it. */
  readonly start: () => void;
  readonly closeSheet: () => void;
};

/** Logging on a record's page: L leads to the line on wide screens, and to a sheet on narrow ones. */
export function useLogging(about: About, people: readonly ContactRef[]): Logging {
  const mayLog = useCan("interaction.create");
  const isNarrow = useMedia("noRail");
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const textRef = useRef<HTMLTextAreaElement>(null);
  const start = (): void => (isNarrow ? setIsSheetOpen(true) : textRef.current?.focus());
  useKey("l", "Log a call", start, { isActive: mayLog });
  return { about, people, mayLog, isSheetOpen, textRef, start, closeSheet: () => setIsSheetOpen(false) };
}

export function LogCallButton({
  logging,
  size,
}: {
  readonly logging: Logging;
  readonly size?: "sm";
}): ReactElement | null {
  if (!logging.mayLog) return null;
  return (
    <Button size={size ?? "md"} icon={Phone} {...(size === "sm" && { shortcut: "l" })} onClick={logging.start}>
      Log a call
    </Button>
  );
}

/** The line on the page, or the sheet over it. */
export function LogPlace({ logging }: { readonly logging: Logging }): ReactElement | null {
  const { about, people, mayLog, isSheetOpen, textRef, closeSheet } = logging;
  const isNarrow = useMedia("noRail");
  if (!mayLog) return null;
  if (!isNarrow) return <Composer about={about} people={people} textRef={textRef} />;
  if (!isSheetOpen) return null;
  return (
    <Sheet isOpen onClose={closeSheet} title="Log what happened">
      <Composer about={about} people={people} isOpen onLogged={closeSheet} />
    </Sheet>
  );
}

type OfRecord = {
  readonly customerId: CustomerId | undefined;
  /** Those who take part come first. */
  readonly first?: readonly { readonly id: ContactId; readonly name: string; readonly title: string | null }[];
};

/** Whom a record's words may name: who takes part in it, and who else is at the customer. */
export function usePeopleOf({ customerId, first = [] }: OfRecord): readonly ContactRef[] {
  const mayRead = useCan("contact.read");
  const query = { limit: "100", sort: "name", ...(customerId !== undefined && { customerId }) } as const;
  const { data } = useQuery({
    ...liveQuery(listContacts, { query }, ["contact"]),
    enabled: mayRead && customerId !== undefined,
  });
  const others = data?.items.filter(({ id }) => !first.some((one) => one.id === id)) ?? [];
  return [
    ...first.map(({ id, name, title }) => ({ id, name, detail: title ?? undefined })),
    ...others.map((contact) => ({ id: contact.id, name: contact.name, detail: workOf(contact) })),
  ];
}

import type { Contact } from "@rainmaker/contracts/sales/contacts";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { Ellipsis, Mail, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { useCan } from "#lib/session";
import { Avatar } from "#ui/avatar";
import { IconButton } from "#ui/button";
import { Menu, MenuItem } from "#ui/menu";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { RailLayout } from "#ui/rail-layout";
import { RecordPager } from "#ui/record-pager";
import { SkeletonLines } from "#ui/skeleton";
import { ContactCustomers } from "./contacts/contact-customers.tsx";
import { ContactFacts } from "./contacts/contact-facts.tsx";
import { ContactSales } from "./contacts/contact-sales.tsx";
import { ContactTimeline } from "./contacts/contact-timeline.tsx";
import { workOf } from "./contacts/contact-words.ts";
import { useTrail } from "./contacts/trail.ts";
import { contactQuery, moveToTrash } from "./contacts/use-contacts.ts";
import { LooksLike } from "./duplicates/looks-like.tsx";
import { LogCallButton, LogPlace, useLogging } from "./interactions/log-call.tsx";
import { ShareButton } from "#features/records";

const crumbs = [{ label: "Contacts", to: "/contacts" }];

export function ContactPage(): ReactElement {
  const { contactId } = useParams({ from: "/shell/contacts/$contactId" });
  const query = useQuery(contactQuery(contactId));
  // Merged into another one: the address becomes that one's.
  if (query.data !== undefined && query.data.id !== contactId) {
    return <Navigate to="/contacts/$contactId" params={{ contactId: query.data.id }} replace />;
  }
  if (query.data !== undefined) return <Loaded key={contactId} contact={query.data} />;
  return (
    <>
      <PageHead title="Contact" crumbs={crumbs} />
      <PageBody>
        <QueryView query={query} what="This contact" skeleton={<SkeletonLines lines={8} />}>
          {() => null}
        </QueryView>
      </PageBody>
    </>
  );
}

function Loaded({ contact }: { readonly contact: Contact }): ReactElement {
  const navigate = useNavigate();
  const [mayEdit, mayDelete] = [useCan("contact.edit"), useCan("contact.delete")];
  const logging = useLogging({ contactId: contact.id, customerId: contact.customers[0]?.id }, []);
  const [address] = contact.emails;
  const remove = async (): Promise<void> => {
    if (await moveToTrash(contact)) void navigate({ to: "/contacts" });
  };
  const share = <ShareButton entity="contact" recordId={contact.id} name={contact.name} />;
  const menu = mayDelete && (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} tone="secondary" size="sm" label="More actions" />}>
      {address !== undefined && (
        <MenuItem icon={Mail} onSelect={() => location.assign(`mailto:${address.email}`)}>
          Write to {address.email}
        </MenuItem>
      )}
      <MenuItem icon={Trash2} isDanger onSelect={() => void remove()}>
        Delete this contact
      </MenuItem>
    </Menu>
  );
  return (
    <>
      <PageHead
        title={contact.name}
        crumbs={crumbs}
        isTitleHidden
        context={<Pager contact={contact} />}
        phoneActions={
          <>
            {share}
            {menu}
          </>
        }
        actions={
          <>
            <LogCallButton logging={logging} size="sm" />
            {share}
            {menu}
          </>
        }
      />
      <div className="flex flex-none items-center gap-3 border-b border-line-subtle px-5 py-3.5 max-sm:px-4 max-sm:pt-1">
        <Avatar person={contact} size={44} isDecorative />
        <div className="min-w-0">
          <p aria-hidden="true" className="truncate text-xl leading-6.5 font-semibold tracking-[-.01em] max-sm:hidden">
            {contact.name}
          </p>
          <p className="tnum truncate text-muted">
            {[contact.number, workOf(contact)].filter((part) => part !== undefined).join(" · ")}
          </p>
        </div>
      </div>
      <RailLayout mainLabel="Timeline" railLabel="Facts" railWidth={360} rail={<Rail contact={contact} />}>
        <div className="flex flex-col gap-3 p-5 max-sm:p-4">
          {mayEdit && <LooksLike entity="contact" said={{ recordId: contact.id }} />}
          <LogPlace logging={logging} />
          <ContactTimeline contactId={contact.id} />
        </div>
      </RailLayout>
      {logging.mayLog && (
        <PhoneDock>
          <LogCallButton logging={logging} />
        </PhoneDock>
      )}
    </>
  );
}

function Rail({ contact }: { readonly contact: Contact }): ReactElement {
  return (
    <>
      <ContactFacts contact={contact} />
      <ContactCustomers contact={contact} />
      <ContactSales contactId={contact.id} />
    </>
  );
}

/** The contact before and after, in the list it was opened from. */
function Pager({ contact }: { readonly contact: Contact }): ReactElement | null {
  const navigate = useNavigate();
  const trail = useTrail(contact.id);
  if (trail === null) return null;
  const go = (index: number): void => {
    const contactId = trail.ids[index];
    if (contactId !== undefined) void navigate({ to: "/contacts/$contactId", params: { contactId }, replace: true });
  };
  return <RecordPager what="contact" index={trail.index} count={trail.ids.length} onGo={go} />;
}

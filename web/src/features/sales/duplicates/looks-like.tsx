import type { ContactId, CustomerId } from "@rainmaker/contracts/ids";
import { matchDuplicates, type DuplicateEntity } from "@rainmaker/contracts/sales/duplicates";
import { useQuery } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useDeferredValue, type ReactElement } from "react";
import { call } from "#lib/api";
import { keyOf } from "#lib/query";
import { TextLink } from "#ui/link";
import { Note } from "#ui/note";
import { reasonsText } from "./merge-fields.ts";

type LooksLikeProps = { readonly entity: DuplicateEntity; readonly said: Readonly<Record<string, string>> };

/** What is here already and looks like what somebody is about to add, or like the record they look at. */
export function LooksLike({ entity, said }: LooksLikeProps): ReactElement | null {
  const given = Object.fromEntries(Object.entries(useDeferredValue(said)).filter(([, value]) => value.trim() !== ""));
  const query = { entity, ...given };
  const { data } = useQuery({
    queryKey: keyOf(matchDuplicates, { query }),
    queryFn: ({ signal }) => call(matchDuplicates, { query, signal }),
    enabled: Object.keys(given).length > 0,
    staleTime: 10_000,
    meta: { entities: [entity, "duplicate"] },
    // A hint: without it everything else works.
    retry: false,
  });
  const [best, ...more] = data?.items ?? [];
  if (best === undefined) return null;
  const { recordId } = said;
  const records = [best, ...more];
  return (
    <Note tone="warning" icon={Copy}>
      <p>{recordId === undefined ? "Looks like what is here already:" : "Perhaps the same:"}</p>
      <ul>
        {records.map(({ id, title, number, reasons }) => (
          <li key={id}>
            <RecordLink entity={entity} id={id} title={title} />{" "}
            <span className="tnum text-xs text-muted">
              {number}, {reasonsText(reasons)}
            </span>
          </li>
        ))}
      </ul>
      {recordId !== undefined && (
        <TextLink to="/duplicates/merge" search={{ of: entity, ids: [recordId, ...records.map(({ id }) => id)] }}>
          Merge them
        </TextLink>
      )}
    </Note>
  );
}

type RecordLinkProps = { readonly entity: DuplicateEntity; readonly id: string; readonly title: string };

function RecordLink({ entity, id, title }: RecordLinkProps): ReactElement {
  return entity === "customer" ? (
    <TextLink to="/customers/$customerId" params={{ customerId: id as CustomerId }}>
      {title}
    </TextLink>
  ) : (
    <TextLink to="/contacts/$contactId" params={{ contactId: id as ContactId }}>
      {title}
    </TextLink>
  );
}

import { useState, type ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { DataTable } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { LinkButton } from "#ui/link";
import { LogoMark } from "#ui/logo-mark";
import { Building2 } from "lucide-react";
import { Section } from "./gallery-section.tsx";

type Row = { readonly id: string; readonly name: string; readonly amount: string };

const rows: readonly Row[] = Array.from({ length: 5000 }, (_, index) => ({
  id: `c${index}`,
  name: `Juniper Cold Chain ${index + 1}`,
  amount: `${(index * 137) % 90_000}.00`,
}));

export function GalleryTable(): ReactElement {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [sort, setSort] = useState("name");
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <Section title="Data table" about="5,000 rows; J K X Enter" isWide>
      <div className="scroll-area h-80 rounded-lg border">
        <DataTable
          label="Customers"
          rows={rows}
          keyOf={({ id }) => id}
          onRetry={() => undefined}
          sort={sort}
          onSort={setSort}
          currentKey={openId}
          onOpen={({ id }) => setOpenId(id)}
          selection={{ selected, onChange: setSelected, nameOf: ({ name }) => name }}
          empty={<EmptyState icon={Building2} title="No customers yet" />}
          renderPhone={({ name }) => name}
          columns={[
            {
              key: "name",
              head: "Customer",
              sort: "name",
              foot: "5,000 customers",
              render: ({ id, name }) => (
                <span className="flex items-center gap-2.5">
                  <LogoMark id={id} name={name} />
                  <LinkButton className="text-default" onClick={() => setOpenId(id)}>
                    {name}
                  </LinkButton>
                </span>
              ),
            },
            {
              key: "amount",
              head: "Open pipeline",
              sort: "amount",
              align: "right",
              foot: "$224.6M",
              render: ({ amount }) => formatMoney({ amount, currency: "USD" }, { style: "short" }),
            },
          ]}
        />
      </div>
    </Section>
  );
}

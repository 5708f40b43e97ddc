import type { Product } from "@rainmaker/contracts/sales/products";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FileUp, Package, Plus, SearchX } from "lucide-react";
import { useRef, type ReactElement } from "react";
import { formatCount, formatMoney } from "#lib/format";
import { useKey } from "#lib/keys";
import { useCan } from "#lib/session";
import { Button, ButtonLink } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead, PhoneDock, Toolbar } from "#ui/page-head";
import { SearchField } from "#ui/search-field";
import { ProductSheet } from "./products/product-sheet.tsx";
import type { ProductsSearch } from "./products/search.ts";
import { productsQuery } from "./products/use-products.ts";

/** What is sold, and for how much: the choices of the lines of a sale. */
export function ProductsPage(): ReactElement {
  const search = useSearch({ from: "/shell/products" });
  const navigate = useNavigate({ from: "/products" });
  const mayEdit = useCan("product.edit");
  const searchField = useRef<HTMLInputElement>(null);
  const { data, error, refetch } = useQuery(productsQuery());
  const show = (changes: Partial<ProductsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ edit: "new" });
  useKey("n", "New product", add, { isActive: mayEdit });
  useKey("/", "Search the products", () => searchField.current?.focus());
  const edited = data?.items.find(({ id }) => id === search.edit);
  return (
    <>
      <PageHead
        title="Products"
        context={data && formatCount(data.items.length)}
        actions={mayEdit && <Verbs onAdd={add} />}
      />
      <Toolbar>
        <SearchField
          label="Search products"
          value={search.q ?? ""}
          inputRef={searchField}
          onChange={(q) => show({ q: q === "" ? undefined : q })}
        />
      </Toolbar>
      <PageBody isPadded={false}>
        <DataTable
          label="Products"
          rows={data && named(data.items, search.q)}
          columns={columns}
          keyOf={({ id }) => id}
          renderPhone={(product) => <PhoneProduct product={product} />}
          currentKey={edited?.id}
          onOpen={mayEdit ? ({ id }) => show({ edit: id }) : undefined}
          error={error}
          onRetry={() => void refetch()}
          empty={<Empty q={search.q} onClear={() => show({ q: undefined })} onAdd={mayEdit ? add : undefined} />}
        />
      </PageBody>
      {mayEdit && <Editing edit={search.edit} edited={edited} onAdd={add} onClose={() => show({ edit: undefined })} />}
    </>
  );
}

type EditingProps = {
  readonly edit: ProductsSearch["edit"];
  readonly edited: Product | undefined;
  readonly onAdd: () => void;
  readonly onClose: () => void;
};

function Editing({ edit, edited, onAdd, onClose }: EditingProps): ReactElement {
  if (edit === "new" || edited !== undefined) return <ProductSheet key={edit} product={edited} onClose={onClose} />;
  return (
    <PhoneDock>
      <Button tone="primary" icon={Plus} onClick={onAdd}>
        New product
      </Button>
    </PhoneDock>
  );
}

function named(products: readonly Product[], part = ""): readonly Product[] {
  return products.filter(({ name }) => name.toLowerCase().includes(part.trim().toLowerCase()));
}

const columns: readonly Column<Product>[] = [
  {
    key: "name",
    head: "Product",
    className: "w-full max-w-0",
    render: ({ name }) => <span className="block truncate font-medium">{name}</span>,
  },
  { key: "price", head: "Price of one", align: "right", render: (product) => <Price product={product} /> },
];

function Price({ product: { price } }: { readonly product: Product }): ReactElement {
  if (price === null) return <span className="text-subtle">No price</span>;
  return <span className="tnum whitespace-nowrap">{formatMoney(price)}</span>;
}

function PhoneProduct({ product }: { readonly product: Product }): ReactElement {
  return (
    <span className="flex items-center gap-3 py-1">
      <span className="min-w-0 flex-1 truncate font-medium">{product.name}</span>
      <Price product={product} />
    </span>
  );
}

function Verbs({ onAdd }: { readonly onAdd: () => void }): ReactElement {
  const mayImport = useCan("import.run");
  return (
    <>
      {mayImport && (
        <ButtonLink to="/imports/new" search={{ entity: "product" }} size="sm" icon={FileUp}>
          Import
        </ButtonLink>
      )}
      <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={onAdd}>
        New product
      </Button>
    </>
  );
}

type EmptyProps = {
  readonly q: string | undefined;
  readonly onClear: () => void;
  readonly onAdd: (() => void) | undefined;
};

function Empty({ q = "", onClear, onAdd }: EmptyProps): ReactElement {
  if (q !== "") {
    return (
      <EmptyState
        icon={SearchX}
        title={`No product has “${q}” in its name`}
        actions={
          <Button size="sm" onClick={onClear}>
            Clear the search
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState icon={Package} title="No products yet" actions={onAdd !== undefined && <Verbs onAdd={onAdd} />}>
      Products with their prices are what the lines of a sale are made of. Add them, or bring them as a CSV file.
    </EmptyState>
  );
}

import { createProduct, updateProduct, type Product } from "@rainmaker/contracts/sales/products";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";

type ProductSheetProps = { readonly product: Product | undefined; readonly onClose: () => void };

type Values = { readonly name: string; readonly price: string | null };

/** Adds a product, or changes its name and price. */
export function ProductSheet({ product, onClose }: ProductSheetProps): ReactElement {
  const formId = useId();
  const { organization } = useUser();
  const currency = product?.price?.currency ?? organization?.currency ?? "USD";
  const form = useProductForm(product, currency, onClose);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={product === undefined ? "New product" : product.name}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            {product === undefined ? "Add product" : "Save"}
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} onReload={() => void invalidateEntities(["product"])} />
        <TextField label="Name" maxLength={200} {...form.field("name")} />
        <MoneyField
          label="Price of one"
          isOptional
          currency={currency}
          hint="Proposed when the product is added to a sale. What was agreed in a sale stays as agreed."
          {...form.field("price")}
        />
      </form>
    </Sheet>
  );
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- the form's type follows from its values
function useProductForm(product: Product | undefined, currency: string, onClose: () => void) {
  const key = useIntentKey();
  return useForm({
    initial: { name: product?.name ?? "", price: product?.price?.amount ?? null } satisfies Values,
    version: product?.version ?? 0,
    schema: createProduct.body,
    toBody: ({ name, price }: Values) => ({ name, price: price === null ? null : { amount: price, currency } }),
    send: (body, seenVersion) =>
      product === undefined
        ? call(createProduct, { body, idempotencyKey: key(body) })
        : call(updateProduct, { params: { productId: product.id }, body, seenVersion }),
    onDone: ({ name }) => {
      void invalidateEntities(["product"]);
      notify({ tone: "done", title: product === undefined ? `Added ${name}` : `${name} saved` });
      onClose();
    },
    words: { too_small: "Give it a name", "price.amount": "Write a price" },
  });
}

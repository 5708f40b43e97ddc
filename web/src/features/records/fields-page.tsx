import { mostCustomFields, type CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomEntity } from "@rainmaker/contracts/records/custom-types";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, Ellipsis, Pencil, Plus, Rows3, Trash2, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import { useKey } from "#lib/keys";
import { Button, IconButton } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { LinkButton } from "#ui/link";
import { Menu, MenuItem } from "#ui/menu";
import { Moment } from "#ui/moment";
import { PageBody, PageHead, PhoneDock, Toolbar } from "#ui/page-head";
import { QuietText } from "#ui/quiet-text";
import { Segmented } from "#ui/segmented";
import { TabPanel, Tabs } from "#ui/tabs";
import { typeNames } from "./custom-fields/custom-words.ts";
import { bringBack, hideField, moveField } from "./custom-fields/field-acts.ts";
import { FieldSheet, NewFieldSheet } from "./custom-fields/field-sheet.tsx";
import { useStageNames } from "./custom-fields/use-stage-names.ts";
import { customFieldsQuery } from "./custom-fields/use-custom-fields.ts";
import type { FieldsSearch } from "./search.ts";

const panelId = "fields";
type Tab = NonNullable<FieldsSearch["tab"]>;

const tabs: Readonly<Record<Tab, (field: CustomField) => boolean>> = {
  all: ({ deletedAt }) => deletedAt === null,
  filled: ({ deletedAt, requirement }) => deletedAt === null && requirement !== "never",
  hidden: ({ deletedAt }) => deletedAt !== null,
};

/** Fields of the organization's own: added, changed, put in order, hidden and brought back. */
export function FieldsPage(): ReactElement {
  const search = useSearch({ from: "/shell/fields" });
  const navigate = useNavigate({ from: "/fields" });
  const { entity = "customer", tab = "all" } = search;
  const query = useQuery(customFieldsQuery(entity, true));
  const fields = query.data?.items;
  const show = (changes: Partial<FieldsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ new: true });
  const opened = fields?.find(({ id, deletedAt }) => id === search.field && deletedAt === null);
  useKey("n", "New field", add);
  return (
    <>
      <PageHead
        title="Fields"
        context={fields === undefined ? undefined : `${fields.length} of ${mostCustomFields}`}
        actions={
          <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={add}>
            New field
          </Button>
        }
      />
      <Toolbar>
        <FieldTabs fields={fields} tab={tab} onShow={show} />
        <span className="ml-auto max-sm:order-first max-sm:ml-0">
          <Segmented
            label="Records"
            value={entity}
            onChange={(next) => show({ entity: next, field: undefined })}
            options={[
              { value: "customer", label: "Customers" },
              { value: "contact", label: "Contacts" },
              { value: "opportunity", label: "Opportunities" },
            ]}
          />
        </span>
      </Toolbar>
      <PageBody isPadded={false}>
        <TabPanel id={panelId} value={tab}>
          <FieldsTable
            key={entity}
            entity={entity}
            fields={fields}
            tab={tab}
            error={query.error}
            onRetry={() => void query.refetch()}
            onOpen={(field) => show({ field: field.id })}
            onAdd={add}
          />
        </TabPanel>
      </PageBody>
      <PhoneDock>
        <Button tone="primary" icon={Plus} onClick={add}>
          New field
        </Button>
      </PhoneDock>
      {search.new === true && <NewFieldSheet entity={entity} onClose={() => show({ new: undefined })} />}
      {opened !== undefined && <FieldSheet key={opened.id} field={opened} onClose={() => show({ field: undefined })} />}
    </>
  );
}

type FieldTabsProps = {
  readonly fields: readonly CustomField[] | undefined;
  readonly tab: Tab;
  readonly onShow: (changes: Partial<FieldsSearch>) => void;
};

function FieldTabs({ fields, tab, onShow }: FieldTabsProps): ReactElement {
  const count = (of: Tab): number | undefined => fields?.filter(tabs[of]).length;
  return (
    <Tabs
      className="flex-none"
      label="Fields"
      panelId={panelId}
      value={tab}
      onChange={(next) => onShow({ tab: next === "all" ? undefined : next })}
      tabs={[
        { value: "all", label: "All", count: count("all") },
        { value: "filled", label: "Must be filled", count: count("filled") },
        { value: "hidden", label: "Hidden, 30 days", count: count("hidden") },
      ]}
    />
  );
}

type FieldsTableProps = {
  readonly entity: CustomEntity;
  readonly fields: readonly CustomField[] | undefined;
  readonly tab: Tab;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onOpen: (field: CustomField) => void;
  readonly onAdd: () => void;
};

const nouns: Readonly<Record<CustomEntity, string>> = {
  customer: "customers",
  contact: "contacts",
  opportunity: "opportunities",
};

function FieldsTable({ entity, fields, tab, error, onRetry, onOpen, onAdd }: FieldsTableProps): ReactElement {
  const stages = useStageNames(entity === "opportunity");
  const live = fields?.filter(tabs.all) ?? [];
  const isHidden = tab === "hidden";
  const must = (field: CustomField): string => requirementText(field, stages);
  const columns: readonly Column<CustomField>[] = [
    {
      key: "field",
      head: "Field",
      className: "max-w-80",
      render: (field) => <FieldName field={field} onOpen={isHidden ? undefined : () => onOpen(field)} />,
    },
    { key: "kind", head: "Kind", render: (field) => <span className="text-muted">{kindText(field)}</span> },
    { key: "section", head: "Section", render: ({ section }) => <QuietText>{section}</QuietText> },
    {
      key: "made",
      head: "Made by",
      render: ({ createdBy, createdAt }) => (
        <span className="text-xs text-subtle">
          {createdBy.name}, <Moment at={createdAt} isInSentence />
        </span>
      ),
    },
    { key: "must", head: "Must be filled", render: (field) => must(field) },
    {
      key: "verbs",
      head: "Actions",
      isHeadHidden: true,
      className: "w-12",
      render: (field) => <FieldMenu field={field} fields={live} onOpen={() => onOpen(field)} />,
    },
  ];
  return (
    <DataTable
      label="Fields"
      columns={columns}
      rows={fields?.filter(tabs[tab])}
      keyOf={({ id }) => id}
      rowHeight={42}
      error={error}
      onRetry={onRetry}
      onOpen={isHidden ? undefined : onOpen}
      renderPhone={(field) => (
        <span className="flex items-center gap-3">
          <span className="flex min-w-0 flex-1 flex-col">
            <FieldName field={field} onOpen={isHidden ? undefined : () => onOpen(field)} />
            <span className="truncate text-xs text-subtle">
              {[kindText(field), ...(field.requirement === "never" ? [] : [`must be filled ${must(field)}`])].join(
                " · ",
              )}
            </span>
          </span>
          <FieldMenu field={field} fields={live} onOpen={() => onOpen(field)} />
        </span>
      )}
      empty={<Empty tab={tab} noun={nouns[entity]} onAdd={onAdd} />}
    />
  );
}

function FieldName({
  field,
  onOpen,
}: {
  readonly field: CustomField;
  readonly onOpen: (() => void) | undefined;
}): ReactElement {
  if (onOpen === undefined) return <span className="truncate font-medium">{field.label}</span>;
  return (
    <LinkButton onClick={onOpen} className="truncate text-left text-default">
      {field.label}
    </LinkButton>
  );
}

function kindText({ type, options, isUnique }: CustomField): string {
  const values = options.filter(({ isRetired }) => !isRetired).length;
  return [typeNames[type], values > 0 ? `${values} values` : null, isUnique ? "each once" : null]
    .filter(Boolean)
    .join(", ");
}

function requirementText({ requirement, requiredStageId }: CustomField, stages: ReadonlyMap<string, string>): string {
  if (requirement !== "stage") return requirement;
  const name = requiredStageId === null ? undefined : stages.get(requiredStageId);
  return name === undefined ? "from a stage that is gone" : `from ${name}`;
}

type FieldMenuProps = {
  readonly field: CustomField;
  readonly fields: readonly CustomField[];
  readonly onOpen: () => void;
};

function FieldMenu({ field, fields, onOpen }: FieldMenuProps): ReactElement {
  const trigger = <IconButton icon={Ellipsis} size="xs" label={`Actions for ${field.label}`} />;
  if (field.deletedAt !== null) {
    return (
      <Menu align="end" trigger={trigger}>
        <MenuItem icon={Undo2} onSelect={() => void bringBack(field)}>
          Bring back
        </MenuItem>
      </Menu>
    );
  }
  return (
    <Menu align="end" trigger={trigger}>
      <MenuItem icon={Pencil} shortcut="enter" onSelect={onOpen}>
        Edit
      </MenuItem>
      <MenuItem icon={ArrowUp} onSelect={() => void moveField(fields, field, -1)}>
        Move up
      </MenuItem>
      <MenuItem icon={ArrowDown} onSelect={() => void moveField(fields, field, 1)}>
        Move down
      </MenuItem>
      <MenuItem icon={Trash2} isDanger onSelect={() => void hideField(field)}>
        Delete
      </MenuItem>
    </Menu>
  );
}

type EmptyProps = { readonly tab: Tab; readonly noun: string; readonly onAdd: () => void };

function Empty({ tab, noun, onAdd }: EmptyProps): ReactElement {
  if (tab === "hidden") {
    return (
      <EmptyState icon={Trash2} title="No hidden fields">
        A field that is deleted stands here for 30 days and can be brought back with its values.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Rows3}
      title={tab === "filled" ? "No field has to be filled" : `No fields of your own for ${noun}`}
      actions={
        <Button tone="primary" size="sm" shortcut="n" onClick={onAdd}>
          New field
        </Button>
      }
    >
      New fields work at once in forms, lists, filters, files and the API.
    </EmptyState>
  );
}

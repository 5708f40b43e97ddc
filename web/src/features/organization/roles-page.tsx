import type { CustomRole, RoleSummary } from "@rainmaker/contracts/organization/roles";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Eye, PencilLine, Plus, Users } from "lucide-react";
import type { ReactElement } from "react";
import { formatCountOf } from "#lib/format";
import { useKey } from "#lib/keys";
import { Banner } from "#ui/banner";
import { Button } from "#ui/button";
import { PageHead, PhoneDock } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { changesOf, differences } from "./role-draft.ts";
import { RolePreview } from "./role-preview.tsx";
import { RoleSheet } from "./role-sheet.tsx";
import { RolesMatrix } from "./roles-matrix.tsx";
import { rolesQuery } from "./roles-query.ts";
import { useRoleDraft, type RoleConflict } from "./use-roles.ts";

export function RolesPage(): ReactElement {
  const query = useQuery(rolesQuery());
  return (
    <>
      {query.data === undefined && <PageHead title="Roles & permissions" />}
      <QueryView query={query} what="The roles" skeleton={<SkeletonLines lines={12} />} className="m-5 max-sm:m-4">
        {({ items, custom }) => <LoadedRoles builtIn={items} custom={custom} />}
      </QueryView>
    </>
  );
}

type Roles = { readonly builtIn: readonly RoleSummary[]; readonly custom: readonly CustomRole[] };

function LoadedRoles({ builtIn, custom }: Roles): ReactElement {
  const search = useSearch({ from: "/shell/roles" });
  const navigate = useNavigate({ from: "/roles" });
  const roles = useRoleDraft(custom);
  const open = (what: string | undefined): void => void navigate({ search: { open: what }, replace: true });
  const changes = changesOf(roles.draft, roles.shown);
  useKey("n", "New role", () => open("new"));
  useKey("mod+s", "Save changes of roles", roles.save, { isActive: changes.length > 0 });
  const edited = roles.shown.find(({ id }) => id === search.open);
  return (
    <>
      <PageHead
        title="Roles & permissions"
        context={formatCountOf(builtIn.length + custom.length, "role")}
        actions={
          <>
            <Button size="sm" icon={Eye} onClick={() => open("preview")}>
              Preview as role
            </Button>
            <Button size="sm" tone="primary" icon={Plus} shortcut="n" onClick={() => open("new")}>
              New role
            </Button>
          </>
        }
      />
      {roles.conflicts.map((conflict) => (
        <Conflict
          key={conflict.now.id}
          conflict={conflict}
          onKeep={() => roles.keepMine(conflict)}
          onTake={() => roles.takeTheirs(conflict)}
        />
      ))}
      <RolesMatrix
        builtIn={builtIn}
        custom={roles.shown}
        draft={roles.draft}
        onChange={roles.change}
        onOpen={({ id }) => open(id)}
      />
      {changes.length > 0 && (
        <SaveBar
          texts={changes.map(({ text }) => text)}
          people={roles.shown.filter(({ id }) => id in roles.draft).reduce((sum, role) => sum + role.memberCount, 0)}
          isSaving={roles.isSaving}
          onSave={roles.save}
          onDiscard={roles.discard}
        />
      )}
      {changes.length === 0 && (
        <PhoneDock>
          <Button icon={Eye} onClick={() => open("preview")}>
            Preview
          </Button>
          <Button tone="primary" icon={Plus} onClick={() => open("new")}>
            New role
          </Button>
        </PhoneDock>
      )}
      {(search.open === "new" || edited !== undefined) && (
        <RoleSheet role={edited ?? null} builtIn={builtIn} custom={custom} onClose={() => open(undefined)} />
      )}
      {search.open === "preview" && <RolePreview builtIn={builtIn} custom={custom} onClose={() => open(undefined)} />}
    </>
  );
}

type SaveBarProps = {
  readonly texts: readonly string[];
  readonly people: number;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
};

function SaveBar({ texts, people, isSaving, onSave, onDiscard }: SaveBarProps): ReactElement {
  return (
    <section
      aria-label="Unsaved changes"
      className="flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-surface px-5 py-2.5 max-sm:px-4"
    >
      <PencilLine size={14} aria-hidden="true" className="text-subtle" />
      <p className="min-w-0 flex-1">
        <output className="font-semibold">{formatCountOf(texts.length, "unsaved change")}</output>,{" "}
        {formatCountOf(people, "person", "people")} affected
        <span className="block truncate text-xs text-warning-fg">{texts.join(" · ")}</span>
      </p>
      <Button tone="ghost" size="sm" onClick={onDiscard}>
        Discard
      </Button>
      <Button tone="primary" size="sm" shortcut="mod+s" isLoading={isSaving} onClick={onSave}>
        Save
      </Button>
    </section>
  );
}

type ConflictProps = { readonly conflict: RoleConflict; readonly onKeep: () => void; readonly onTake: () => void };

/** Somebody else saved the role first: what they changed, and whose holds. */
function Conflict({ conflict: { before, now }, onKeep, onTake }: ConflictProps): ReactElement {
  const lines = differences(before.grants, now.grants).map(({ text }) => text);
  return (
    <Banner
      tone="warning"
      icon={Users}
      end={
        <span className="flex flex-none gap-2">
          <Button size="sm" onClick={onTake}>
            Take theirs
          </Button>
          <Button size="sm" tone="primary" onClick={onKeep}>
            Save mine over it
          </Button>
        </span>
      }
    >
      Somebody changed {now.name} meanwhile{lines.length > 0 && `: ${lines.join("; ")}`}.
    </Banner>
  );
}

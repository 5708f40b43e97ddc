import type { CustomRole, RoleSummary } from "@rainmaker/contracts/organization/roles";
import type { Permission } from "@rainmaker/contracts/organization/permissions";
import { Lock } from "lucide-react";
import { Fragment, type ReactElement } from "react";
import { formatCountOf } from "#lib/format";
import { LinkButton } from "#ui/link";
import { permissionGroups, permissionLabel, type CellReach } from "./permission-words.ts";
import { ReachCell, ReachMark } from "./reach-cell.tsx";
import { reachIn, shownReach, type RoleDraft } from "./role-draft.ts";

type RolesMatrixProps = {
  readonly builtIn: readonly RoleSummary[];
  readonly custom: readonly CustomRole[];
  readonly draft: RoleDraft;
  readonly onChange: (role: CustomRole, permission: Permission, reach: CellReach) => void;
  readonly onOpen: (role: CustomRole) => void;
};

/** Permissions down, roles across: the organization's own first, for those are the ones to change. */
export function RolesMatrix({ builtIn, custom, draft, onChange, onOpen }: RolesMatrixProps): ReactElement {
  return (
    // Somebody who may change no cell scrolls by the keys of the section itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- axe asks for it where a region scrolls
    <section className="min-h-0 flex-1 overflow-auto" aria-label="Matrix of roles" tabIndex={0}>
      <table className="border-separate border-spacing-0">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-3 w-70 min-w-50 border-b border-line bg-surface px-5 text-left text-xs font-normal text-subtle max-sm:w-40 max-sm:min-w-40 max-sm:px-4"
            >
              Permission
            </th>
            {custom.map((role) => (
              <RoleHead key={role.id} name={role.name} memberCount={role.memberCount} onOpen={() => onOpen(role)} />
            ))}
            {builtIn.map((role) => (
              <RoleHead key={role.role} name={role.name} memberCount={role.memberCount} />
            ))}
          </tr>
        </thead>
        <tbody>
          {permissionGroups.map((group) => (
            <Fragment key={group.title}>
              <tr>
                <th
                  scope="colgroup"
                  colSpan={1 + custom.length + builtIn.length}
                  className="h-8 border-b border-line-subtle bg-sunken px-5 text-left text-[12.5px] font-semibold max-sm:px-4"
                >
                  <span className="sticky left-5">{group.title}</span>
                </th>
              </tr>
              {group.permissions.map((permission) => (
                <tr key={permission} className="group">
                  <th
                    scope="row"
                    className="sticky left-0 z-1 h-8.5 border-b border-line-subtle bg-surface px-5 text-left font-normal group-hover:bg-hover max-sm:px-4"
                  >
                    {permissionLabel(permission)}
                  </th>
                  {custom.map((role) => (
                    <td key={role.id} className="border-b border-line-subtle bg-selected/40 text-center">
                      {role.mayEdit ? (
                        <ReachCell
                          role={role.name}
                          permission={permission}
                          reach={shownReach(draft, role, permission)}
                          isChanged={draft[role.id]?.[permission] !== undefined}
                          onChange={(reach) => onChange(role, permission, reach)}
                        />
                      ) : (
                        <ReachMark reach={reachIn(role.grants, permission)} />
                      )}
                    </td>
                  ))}
                  {builtIn.map((role) => (
                    <td key={role.role} className="border-b border-line-subtle text-center group-hover:bg-hover">
                      <ReachMark reach={reachIn(role.grants, permission)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RoleHeadProps = { readonly name: string; readonly memberCount: number; readonly onOpen?: () => void };

function RoleHead({ name, memberCount, onOpen }: RoleHeadProps): ReactElement {
  return (
    <th
      scope="col"
      className="sticky top-0 z-2 h-13 min-w-30 border-b border-line bg-surface px-3 text-center font-medium whitespace-nowrap"
    >
      {onOpen === undefined ? (
        <span className="inline-flex items-center gap-1">
          {name}
          <Lock size={12} aria-hidden="true" className="text-subtle" />
          <span className="sr-only">, part of the product</span>
        </span>
      ) : (
        <LinkButton onClick={onOpen} className="font-medium text-default">
          {name}
        </LinkButton>
      )}
      <span className="block text-xs font-normal text-muted">{formatCountOf(memberCount, "person", "people")}</span>
    </th>
  );
}

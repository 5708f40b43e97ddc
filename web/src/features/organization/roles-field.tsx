import { roles as allRoles, type Role } from "@rainmaker/contracts/organization/permissions";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, KeyRound } from "lucide-react";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { Checkbox } from "#ui/checkbox";
import { inputBox } from "#ui/field";
import { Popover } from "#ui/popover";
import { roleNames, rolesText } from "./role-names.ts";
import { rolesQuery } from "./use-members.ts";

type RolesProps = { readonly value: readonly Role[]; readonly onChange: (roles: readonly Role[]) => void };

/** Roles with what each of them means. Somebody may hold several; together they give the widest reach. */
export function RolesField({ value, onChange }: RolesProps): ReactElement {
  const { data } = useQuery(rolesQuery());
  const descriptions = new Map(data?.items.map(({ role, description }) => [role, description]));
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="pb-2 font-medium">Roles</legend>
      {allRoles.map((role) => (
        <Checkbox
          key={role}
          label={roleNames[role]}
          detail={descriptions.get(role) ?? ""}
          checked={value.includes(role)}
          onChange={(isOn) => onChange(allRoles.filter((one) => (one === role ? isOn : value.includes(one))))}
        />
      ))}
    </fieldset>
  );
}

/** The same in one line, for the panel. */
export function RolesPicker(props: RolesProps): ReactElement {
  const trigger = (
    <button
      type="button"
      aria-label={`Roles: ${rolesText(props.value)}`}
      className={cx(inputBox({}), "text-left", props.value.length === 0 && "border-danger")}
    >
      <KeyRound size={14} aria-hidden="true" className="text-subtle" />
      <span className="min-w-0 flex-1 truncate">{rolesText(props.value)}</span>
      <ChevronDown size={14} aria-hidden="true" className="text-subtle" />
    </button>
  );
  return (
    <Popover trigger={trigger} label="Roles" className="w-96 max-w-[calc(100vw-32px)]">
      <RolesField {...props} />
    </Popover>
  );
}

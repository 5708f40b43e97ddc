import type { ReactElement } from "react";
import { Avatar } from "#ui/avatar";
import { InlineField } from "#ui/inline-field";
import { TextField } from "#ui/text-field";
import { joined, tagsIn } from "./contacts/lists.ts";
import { OwnerPicker, useOwnerOf, type Owner } from "./owner-picker.tsx";

type OwnerFactProps = {
  readonly owner: Owner | null;
  readonly mayAssign: boolean;
  readonly onSave: (next: Owner | null) => Promise<void>;
};

/** Whose a record is, changed where it stands. */
export function OwnerFact({ owner, mayAssign, onSave }: OwnerFactProps): ReactElement {
  const ownerOf = useOwnerOf();
  return (
    <InlineField<string | null>
      label="Owner"
      value={owner?.id ?? null}
      display={
        owner === null ? null : (
          <span className="flex items-center gap-2">
            <Avatar person={owner} size={20} isDecorative />
            {owner.name}
          </span>
        )
      }
      emptyLabel="Choose an owner"
      isReadOnly={!mayAssign}
      onSave={(id) => onSave(ownerOf(id))}
    >
      {(field) => <OwnerPicker {...field} owner={owner} />}
    </InlineField>
  );
}

type TagsFactProps = {
  readonly tags: readonly string[];
  readonly mayEdit: boolean;
  readonly check: (body: object) => string | undefined;
  readonly onSave: (tags: string[]) => Promise<void>;
};

/** Tags with commas between them, changed where they stand. */
export function TagsFact({ tags, mayEdit, check, onSave }: TagsFactProps): ReactElement {
  return (
    <InlineField
      label="Tags"
      value={joined(tags)}
      display={tags.length === 0 ? null : joined(tags)}
      emptyLabel="Add tags"
      isReadOnly={!mayEdit}
      check={(text) => check({ tags: tagsIn(text) })}
      onSave={(text) => onSave([...tagsIn(text)])}
    >
      {(edit) => <TextField {...edit} placeholder="Several with commas" />}
    </InlineField>
  );
}

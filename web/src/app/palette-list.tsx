import type { ReactElement } from "react";
import { Kbd } from "#ui/kbd";
import { Listbox, ListGroup, ListOption } from "#ui/listbox";
import { LogoMark } from "#ui/logo-mark";
import { highlight, type PaletteItem } from "./palette-items.ts";

type PaletteListProps = {
  readonly id: string;
  readonly groups: readonly { readonly title: string; readonly items: readonly PaletteItem[] }[];
  readonly active: number;
  readonly text: string;
  readonly onHover: (index: number) => void;
  readonly onChoose: (item: PaletteItem) => void;
};

export function PaletteList(props: PaletteListProps): ReactElement {
  const { id, groups, text } = props;
  const starts = groups.map((_, index) => groups.slice(0, index).reduce((sum, group) => sum + group.items.length, 0));
  return (
    <>
      <Listbox id={`${id}-list`} label="Results" className="min-h-0 flex-1 px-2 pt-0.5 pb-2">
        {groups.map((group, groupIndex) => (
          <ListGroup key={group.title} id={`${id}-${group.title}`} title={group.title}>
            {group.items.map((item, index) => (
              <Line key={item.id} {...props} item={item} index={(starts[groupIndex] ?? 0) + index} />
            ))}
          </ListGroup>
        ))}
      </Listbox>
      {groups.length === 0 && (
        <p className="px-5 pb-8 text-center text-muted">
          Nothing fits “{text}”. Try a name, a number such as OPP-418, or a verb.
        </p>
      )}
    </>
  );
}

type LineProps = PaletteListProps & { readonly item: PaletteItem; readonly index: number };

function Line({ id, item, index, active, text, onHover, onChoose }: LineProps): ReactElement {
  const { icon: Icon, label, detail, markOf, key } = item;
  return (
    <ListOption
      id={`${id}-${index}`}
      isActive={index === active}
      onActivate={() => onHover(index)}
      onChoose={() => onChoose(item)}
      className="h-9.5 gap-2.5 rounded-[9px] px-2.5 pointer-coarse:h-12"
    >
      {markOf !== undefined && <LogoMark id={markOf} name={label} />}
      {markOf === undefined && Icon !== undefined && (
        <span className="grid w-6 flex-none place-items-center">
          <Icon size={16} aria-hidden="true" className="text-subtle" />
        </span>
      )}
      <span className="truncate">
        {highlight(label, text).map((part, at) =>
          part.isMatch ? (
            // oxlint-disable-next-line react/no-array-index-key -- pieces of one label have no identity
            <mark key={at} className="rounded-xs bg-brand-soft text-brand-fg">
              {part.text}
            </mark>
          ) : (
            part.text
          ),
        )}
      </span>
      {detail !== undefined && <span className="truncate text-xs text-subtle">{detail}</span>}
      {key !== undefined && (
        <span className="ml-auto">
          <Kbd keys={key} />
        </span>
      )}
    </ListOption>
  );
}

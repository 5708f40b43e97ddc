import { updatePipeline, type Pipeline } from "@rainmaker/contracts/sales/pipelines";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Archive, ArrowLeft, ArrowRight, Ellipsis, Plus, Star } from "lucide-react";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { useKey } from "#lib/keys";
import { invalidateEntities } from "#lib/query";
import { notify, notifyFailure } from "#lib/toasts";
import { Badge } from "#ui/badge";
import { Button, IconButton } from "#ui/button";
import { Menu, MenuItem } from "#ui/menu";
import { PageBody, PageHead, Toolbar } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { TabPanel, Tabs } from "#ui/tabs";
import { useAllPipelines } from "./pipeline/use-board.ts";
import { NewPipelineSheet } from "./pipelines/new-pipeline-sheet.tsx";
import { PipelineEditor } from "./pipelines/pipeline-editor.tsx";

const panelId = "pipelines";

/** The pipelines with their stages, and what each stage asks for. */
export function PipelinesPage(): ReactElement {
  const search = useSearch({ from: "/shell/pipelines" });
  const navigate = useNavigate({ from: "/pipelines" });
  const query = useAllPipelines();
  const show = (changes: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ new: true });
  useKey("n", "New pipeline", add);
  return (
    <>
      <PageHead
        title="Pipelines"
        context="stages and what they ask for"
        phoneActions={
          <IconButton tone="secondary" className="size-10 rounded-xl" icon={Plus} label="New pipeline" onClick={add} />
        }
        actions={
          <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={add}>
            New pipeline
          </Button>
        }
      />
      <QueryView
        query={query}
        what="The pipelines"
        skeleton={
          <PageBody>
            <SkeletonLines lines={8} className="max-w-220" />
          </PageBody>
        }
      >
        {({ items }) => <Chosen items={items} id={search.id} onShow={(id) => show({ id })} />}
      </QueryView>
      <NewPipelineSheet
        isOpen={search.new === true}
        onClose={() => show({ new: undefined })}
        onMade={(id) => show({ new: undefined, id })}
      />
    </>
  );
}

type ChosenProps = {
  readonly items: readonly Pipeline[];
  readonly id: Pipeline["id"] | undefined;
  readonly onShow: (id: Pipeline["id"]) => void;
};

function Chosen({ items, id, onShow }: ChosenProps): ReactElement | null {
  const pipeline = items.find((one) => one.id === id) ?? items[0];
  if (pipeline === undefined) return null;
  return (
    <>
      <Toolbar>
        <Tabs
          className="flex-none"
          label="Pipelines"
          panelId={panelId}
          value={pipeline.id}
          onChange={onShow}
          tabs={items.map(({ id: value, name, isArchived }) => ({
            value,
            label: isArchived ? `${name} (archived)` : name,
          }))}
        />
        <span className="ml-auto flex flex-none items-center gap-2 max-sm:ml-3">
          {pipeline.isDefault && <Badge tone="info">Default</Badge>}
          {pipeline.isArchived && <Badge>Archived</Badge>}
          <Actions pipeline={pipeline} items={items} />
        </span>
      </Toolbar>
      <TabPanel id={panelId} value={pipeline.id} className="flex min-h-0 flex-1 flex-col">
        <PipelineEditor key={pipeline.id} pipeline={pipeline} />
      </TabPanel>
    </>
  );
}

type Change = { readonly isDefault?: true; readonly isArchived?: boolean; readonly position?: number };

function Actions({
  pipeline,
  items,
}: {
  readonly pipeline: Pipeline;
  readonly items: readonly Pipeline[];
}): ReactElement {
  // The default one comes first, whatever its place.
  const others = items.filter(({ isDefault, isArchived }) => !isDefault && !isArchived);
  const at = others.findIndex(({ id }) => id === pipeline.id);
  const run = async (change: Change, done: string): Promise<void> => {
    const seenVersion = pipeline.version;
    try {
      await call(updatePipeline, { params: { pipelineId: pipeline.id }, body: change, seenVersion });
      notify({ tone: "done", title: done });
    } catch (error) {
      notifyFailure(`${pipeline.name} was not changed`, error);
    }
    await invalidateEntities(["pipeline"]);
  };
  const { name, isDefault, isArchived } = pipeline;
  // Places count the default one, which stands before the others.
  const placeOf = (index: number): number => items.findIndex(({ id }) => id === others[index]?.id);
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} label={`More of ${name}`} size="sm" />}>
      <MenuItem
        icon={Star}
        disabled={isDefault || isArchived}
        onSelect={() => void run({ isDefault: true }, `New sales start in ${name}`)}
      >
        Make it the default
      </MenuItem>
      <MenuItem
        icon={ArrowLeft}
        disabled={at <= 0}
        onSelect={() => void run({ position: placeOf(at - 1) }, `${name} put before`)}
      >
        Put it before
      </MenuItem>
      <MenuItem
        icon={ArrowRight}
        disabled={at === -1 || at === others.length - 1}
        onSelect={() => void run({ position: placeOf(at + 1) }, `${name} put after`)}
      >
        Put it after
      </MenuItem>
      <MenuItem
        icon={Archive}
        disabled={isDefault}
        onSelect={() =>
          void run({ isArchived: !isArchived }, isArchived ? `${name} is in use again` : `${name} archived`)
        }
      >
        {isArchived ? "Use it again" : "Archive"}
      </MenuItem>
    </Menu>
  );
}

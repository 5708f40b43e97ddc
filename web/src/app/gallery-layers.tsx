import { ArrowRightLeft, CloudOff, CloudUpload, Headset, Phone, Trash2 } from "lucide-react";
import { useState, type ReactElement } from "react";
import { notify, notifyUndo } from "#lib/toasts";
import { Banner } from "#ui/banner";
import { Button } from "#ui/button";
import { ConfirmDialog } from "#ui/dialog";
import { Menu, MenuItem, MenuLabel, Submenu } from "#ui/menu";
import { Popover } from "#ui/popover";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { Section } from "./gallery-section.tsx";

export function GalleryLayers(): ReactElement {
  const [isDialogOpen, setIsDialogOpen] = useState(false);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const [name, setName] = useState("");
  const [form, setForm] = useState<HTMLFormElement | null>(null);
  const closeSheet = (): void => {
    setName("");
    setIsSheetOpen(false);
  };
  return (
    <Section title="Layers" about="menu, popover, sheet, dialog, toast, banner">
      <div className="flex flex-wrap gap-2">
        <Menu trigger={<Button size="sm">Menu</Button>} className="w-54">
          <MenuLabel>Kestrel Aerospace</MenuLabel>
          <MenuItem icon={Phone} shortcut="l" onSelect={() => undefined}>
            Log a call
          </MenuItem>
          <Submenu label="Move to stage" icon={ArrowRightLeft}>
            <MenuItem onSelect={() => undefined}>Proposal</MenuItem>
            <MenuItem onSelect={() => undefined}>Negotiation</MenuItem>
          </Submenu>
          <MenuItem icon={Headset} shortcut="p" onSelect={() => undefined}>
            Practise
          </MenuItem>
          <MenuItem icon={Trash2} disabled onSelect={() => undefined}>
            Delete
          </MenuItem>
        </Menu>
        <Popover trigger={<Button size="sm">Popover</Button>} label="Columns">
          Controls beside their button
        </Popover>
        <Button size="sm" onClick={() => setIsSheetOpen(true)}>
          Sheet
        </Button>
        <Button size="sm" onClick={() => setIsDialogOpen(true)}>
          Dialog
        </Button>
        <Button
          size="sm"
          onClick={() =>
            notifyUndo("Moved Juniper to Negotiation", () => notify({ tone: "done", title: "Moved it back" }))
          }
        >
          Toast
        </Button>
        <Button
          size="sm"
          onClick={() =>
            notify({ tone: "failed", title: "Payment not sent", detail: "The server said no: invoice is closed" })
          }
        >
          Failure
        </Button>
        <Button size="sm" data-tip="Model of 18 Nov">
          Tooltip
        </Button>
      </div>
      <Banner tone="warning" icon={CloudOff} end={<span className="tnum font-medium text-warning-fg">3 waiting</span>}>
        <strong className="font-semibold">Offline.</strong> You can read what is on the screen.
      </Banner>
      <Banner tone="success" icon={CloudUpload}>
        <strong className="font-semibold">Back online.</strong> Sent 3 changes.
      </Banner>
      <ConfirmDialog
        isOpen={isDialogOpen}
        onClose={() => setIsDialogOpen(false)}
        title="Delete 3 customers?"
        confirmLabel="Delete 3"
        onConfirm={() => setIsDialogOpen(false)}
      >
        They own 2 open deals worth $126,000. You can restore everything for 30 days.
      </ConfirmDialog>
      <Sheet
        isOpen={isSheetOpen}
        onClose={closeSheet}
        title="Record a payment"
        context="DL-1049"
        form={form}
        isDirty={name !== ""}
        footer={
          <Button tone="primary" shortcut="mod+enter" onClick={() => form?.requestSubmit()}>
            Send to verify
          </Button>
        }
      >
        <form
          ref={setForm}
          onSubmit={(event) => {
            event.preventDefault();
            closeSheet();
          }}
        >
          <TextField label="Bank reference" value={name} onChange={setName} />
        </form>
      </Sheet>
    </Section>
  );
}

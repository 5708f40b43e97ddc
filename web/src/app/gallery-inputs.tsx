import { Columns3, SquareKanban, Table2, TrendingUp } from "lucide-react";
import { useState, type ReactElement } from "react";
import { endpoint } from "@rainmaker/contracts/endpoint";
import { saveFile, useFile } from "#lib/files";
import { Button } from "#ui/button";
import { Checkbox, Switch } from "#ui/checkbox";
import { Combobox } from "#ui/combobox";
import { DateField } from "#ui/date-field";
import { FileDrop } from "#ui/file-drop";
import { AddFilterChip, ChipButton, FilterChip } from "#ui/filter-chip";
import { MoneyField } from "#ui/money-field";
import { PasswordField } from "#ui/password-field";
import { PeoplePicker } from "#ui/people-picker";
import { Segmented } from "#ui/segmented";
import { SelectField } from "#ui/select-field";
import { TabPanel, Tabs } from "#ui/tabs";
import { TextArea, TextField } from "#ui/text-field";
import { Section } from "./gallery-section.tsx";

/** A file that is always there. */
const favicon = endpoint("GET", "/../../favicon.svg", "The drop", "public", { replyType: "image/svg+xml" });

export function GalleryInputs(): ReactElement {
  return (
    <>
      <Fields />
      <Choices />
      <Files />
    </>
  );
}

function Fields(): ReactElement {
  const [text, setText] = useState("");
  const [money, setMoney] = useState<string | null>("96000.00");
  const [day, setDay] = useState<string | null>("2027-02-28");
  const [role, setRole] = useState<"" | "rep" | "manager">("");
  const [person, setPerson] = useState<string | null>(null);
  const [currency, setCurrency] = useState<string | null>("EUR");
  return (
    <Section title="Field" about="default, filled, error, disabled">
      <div className="grid grid-cols-2 items-start gap-x-3 gap-y-3.5">
        <TextField label="Deal name" placeholder="For example, depot rollout" value={text} onChange={setText} />
        <MoneyField
          label="Value"
          currency="USD"
          hint="Commission at this value: $7,200"
          value={money}
          onChange={setMoney}
        />
        <DateField label="Close date" value={day} onChange={setDay} error="February has 28 days in 2027" />
        <TextField label="Owner" value="Maya Okafor" onChange={setText} disabled hint="Set by territory rule" />
        <SelectField
          label="Role"
          placeholder="Choose a role"
          value={role}
          onChange={setRole}
          options={[
            { value: "rep", label: "Sales rep" },
            { value: "manager", label: "Manager" },
          ]}
        />
        <PeoplePicker
          label="Leader"
          isClearable
          value={person}
          onChange={setPerson}
          people={[
            { id: "maya", name: "Maya Okafor", detail: "West" },
            { id: "tomas", name: "Tomás Ferreira", detail: "Central" },
          ]}
        />
        <Combobox
          label="Currency"
          value={currency}
          onChange={setCurrency}
          onCreate={setCurrency}
          choices={[
            { value: "EUR", label: "EUR", detail: "Euro" },
            { value: "USD", label: "USD", detail: "US Dollar" },
          ]}
        />
        <PasswordField label="Password" autoComplete="new-password" value={text} onChange={setText} />
        <TextArea label="Note" isOptional value={text} onChange={setText} className="col-span-2" />
      </div>
    </Section>
  );
}

function Choices(): ReactElement {
  const [isOn, setIsOn] = useState(true);
  const [view, setView] = useState<"board" | "table" | "forecast">("board");
  const [owner, setOwner] = useState<"west" | "east" | null>("west");
  const [tab, setTab] = useState<"mine" | "all">("mine");
  return (
    <Section title="Choice" about="checkbox, switch, segment, chip, tabs">
      <div className="flex flex-wrap items-center gap-4">
        <Checkbox label="Off" isLabelHidden checked={false} onChange={setIsOn} />
        <Checkbox label="On" isLabelHidden checked onChange={setIsOn} />
        <Checkbox label="Mixed" isLabelHidden checked="mixed" onChange={setIsOn} />
        <Checkbox label="Disabled" isLabelHidden checked={false} disabled onChange={setIsOn} />
        <Checkbox label="On and disabled" isLabelHidden checked disabled onChange={setIsOn} />
        <Checkbox label="Keep it" detail="On this device" checked={isOn} onChange={setIsOn} />
      </div>
      <Switch label="Live updates" detail="Follows what others do" checked={isOn} onChange={setIsOn} />
      <Segmented
        label="View"
        value={view}
        onChange={setView}
        className="self-start"
        options={[
          { value: "board", label: "Board", icon: SquareKanban },
          { value: "table", label: "Table", icon: Table2 },
          { value: "forecast", label: "Forecast", icon: TrendingUp },
        ]}
      />
      <div className="flex flex-wrap items-center gap-2">
        <FilterChip
          label="Owner"
          emptyLabel="anyone"
          value={owner}
          onChange={setOwner}
          options={[
            { value: "west", label: "West" },
            { value: "east", label: "East" },
          ]}
        />
        <ChipButton icon={Columns3}>Columns</ChipButton>
        <AddFilterChip />
      </div>
      <Tabs
        label="Deals"
        panelId="gallery-tabs"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: "mine", label: "Mine", count: 24 },
          { value: "all", label: "All", count: 1312 },
        ]}
      />
      <TabPanel id="gallery-tabs" value={tab}>
        {tab === "mine" ? "Twenty-four of them" : "All of them"}
      </TabPanel>
    </Section>
  );
}

function Files(): ReactElement {
  const emblem = useFile(favicon, {});
  const save = (): void => {
    if (emblem.blob !== null) saveFile({ blob: emblem.blob, name: null }, "drop.svg");
  };
  return (
    <Section title="File" about="dropped, pasted, chosen">
      <FileDrop
        label="Drop the proof here, or paste it"
        hint="PDF, PNG or JPEG, up to 10 MB"
        accept=".pdf,image/png,image/jpeg"
        maxBytes={10_000_000}
        onFile={() => undefined}
        onRemove={() => undefined}
        files={[
          { name: "pelican-wire-12nov.pdf", size: 96_000, state: "done" },
          { name: "scan.png", size: 1_240_000, state: "uploading" },
          { name: "photo.heic", size: 4_000_000, state: "failed", error: "This kind of file is not taken" },
        ]}
      />
      <Button size="sm" onClick={save}>
        Save a file
      </Button>
    </Section>
  );
}

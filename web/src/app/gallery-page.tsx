import { Coins, Ellipsis, Phone, SquareKanban } from "lucide-react";
import { useState, type ReactElement } from "react";
import { ApiProblem } from "#lib/api-problem";
import { toggleTheme } from "#lib/theme";
import { Avatar, AvatarStack } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { Bar, MoneyBar } from "#ui/bar";
import { Button, IconButton } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { ErrorState } from "#ui/error-state";
import { Kbd } from "#ui/kbd";
import { Delta, KpiTile } from "#ui/kpi-tile";
import { LayerContainer } from "#ui/layer-container";
import { DropMark, LogoMark } from "#ui/logo-mark";
import { Note } from "#ui/note";
import { Skeleton } from "#ui/skeleton";
import { StatusBadge, type MoneyStatus } from "#ui/status-badge";
import { ToastRegion } from "#ui/toast-region";
import { TooltipLayer } from "#ui/tooltip";
import { GalleryInputs } from "./gallery-inputs.tsx";
import { GalleryLayers } from "./gallery-layers.tsx";
import { Section } from "./gallery-section.tsx";
import { GalleryStories } from "./gallery-stories.tsx";
import { GalleryTable } from "./gallery-table.tsx";

/** Every component in its states, to look at beside design/mockups/components.html. */
export function GalleryPage(): ReactElement {
  const [main, setMain] = useState<HTMLElement | null>(null);
  return (
    <main ref={setMain} className="scroll-area relative h-full bg-canvas px-8 pt-7 pb-10">
      <LayerContainer value={main}>
        <header className="mb-5 flex items-center gap-3.5">
          <DropMark size={28} />
          <div className="flex-1">
            <h1 className="text-xl font-semibold">Rainmaker components</h1>
            <p className="text-subtle">States, sizes and patterns. Names match the component inventory.</p>
          </div>
          <Button size="sm" onClick={toggleTheme}>
            Other theme
          </Button>
        </header>
        <div className="grid grid-cols-3 items-start gap-3.5 max-lg:grid-cols-1">
          <Buttons />
          <GalleryInputs />
          <GalleryLayers />
          <Money />
          <States />
          <Identity />
          <GalleryTable />
          <GalleryStories />
        </div>
        <ToastRegion />
        <TooltipLayer />
      </LayerContainer>
    </main>
  );
}

const tones = ["primary", "secondary", "ghost", "practise", "danger"] as const;

function Buttons(): ReactElement {
  return (
    <Section title="Button" about="default, loading, disabled with its reason" isWide>
      {tones.map((tone) => (
        <div key={tone} className="grid grid-cols-[80px_repeat(3,minmax(0,1fr))] items-center gap-2.5">
          <span className="text-xs text-subtle first-letter:uppercase">{tone}</span>
          <span>
            <Button tone={tone}>Save</Button>
          </span>
          <span>
            <Button tone={tone} isLoading>
              Save
            </Button>
          </span>
          <span>
            <Button tone={tone} disabledReason="Nothing has been changed">
              Save
            </Button>
          </span>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="lg">Large 40</Button>
        <Button>Medium 32</Button>
        <Button size="sm">Small 28</Button>
        <Button size="xs">Extra small 24</Button>
        <IconButton icon={Ellipsis} label="More" tone="secondary" />
        <Button size="sm" icon={Phone} shortcut="l">
          Log a call
        </Button>
        <Button size="sm" tone="primary" shortcut="mod+enter">
          Send to verify
        </Button>
      </div>
    </Section>
  );
}

const statuses: readonly MoneyStatus[] = [
  "planned",
  "invoiced",
  "in-review",
  "fix-proof",
  "verified",
  "accrued",
  "approved",
  "paid",
  "refunded",
];
const usd = (amount: string): { amount: string; currency: string } => ({ amount, currency: "USD" });

function Money(): ReactElement {
  return (
    <Section title="Money status" about="one vocabulary everywhere">
      <div className="flex flex-wrap gap-2">
        {statuses.map((status) => (
          <StatusBadge key={status} status={status} />
        ))}
        <Badge tone="practice">Practice</Badge>
      </div>
      <MoneyBar
        total={usd("139000.00")}
        verified={usd("64000.00")}
        inReview={usd("30600.00")}
        needsYou={usd("16700.00")}
      />
      <div className="flex gap-3 text-xs text-subtle">
        <span>Verified $64,000</span>
        <span>In review $30,600</span>
        <span>Needs you $16,700</span>
      </div>
      <KpiTile
        label="Quota attainment"
        value="71.0"
        unit="%"
        context="$298,400 of $420,000"
        end={<Badge tone="success">15 days ahead</Badge>}
      >
        <Bar share={0.71} pace={0.54} label="71% of quota, 54% would be on pace" className="mt-1.5" />
        <div className="flex justify-between text-xs text-muted">
          <span>Pace today 54%</span>
          <Delta direction="down" isGood={false}>
            1 slipped
          </Delta>
        </div>
      </KpiTile>
    </Section>
  );
}

const problem = {
  type: "",
  title: "",
  status: 500,
  code: "internal_error",
  detail: "Your data is safe.",
  errors: [],
  requestId: "RM-3F21",
};
const failure = new ApiProblem(problem);
const refusal = new ApiProblem({ ...problem, status: 403, code: "permission_missing" });

function States(): ReactElement {
  return (
    <Section title="Empty, error, no access" about="say what, why, and the one next step">
      <EmptyState
        icon={SquareKanban}
        title="No deals yet"
        actions={
          <>
            <Button size="sm" tone="primary" shortcut="n">
              New deal
            </Button>
            <Button size="sm">Import</Button>
          </>
        }
      >
        Add one, or bring them from a file or your CRM.
      </EmptyState>
      <ErrorState error={failure} what="The forecast" onRetry={() => undefined} />
      <ErrorState error={refusal} what="The forecast" />
      <Note>Commission plans are visible to admins.</Note>
      <Skeleton className="w-2/5" />
      <Skeleton className="w-3/5" />
    </Section>
  );
}

const people = ["Maya Okafor", "Tomás Ferreira", "Lena Hoffmann", "Daniel Reyes", "Priya Natarajan"].map((name) => ({
  id: name,
  name,
}));

function Identity(): ReactElement {
  return (
    <Section title="People, companies, keys" about="always the same colour for the same id">
      <div className="flex items-center gap-3">
        {([20, 24, 32, 44] as const).map((size, index) => (
          <Avatar key={size} size={size} person={people[index] ?? { id: "", name: "" }} />
        ))}
        <AvatarStack people={people} size={32} />
      </div>
      <div className="flex items-center gap-3">
        {([15, 18, 24, 32, 40] as const).map((size) => (
          <LogoMark key={size} id={`company ${size}`} name="Kestrel" size={size} />
        ))}
        <Badge tone="earn" icon={Coins}>
          Pays 27 Nov
        </Badge>
      </div>
      <div className="flex items-center gap-2 text-xs text-subtle">
        <Kbd keys="mod+k" /> then <Kbd keys="l" /> <Kbd keys="shift+arrowright" />
      </div>
    </Section>
  );
}

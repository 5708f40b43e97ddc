import {
  Building2,
  Coins,
  FileUp,
  Handshake,
  History,
  KeyRound,
  LogIn,
  Mail,
  Package,
  ReceiptText,
  Scale,
  Settings,
  ShieldCheck,
  SquareKanban,
  Target,
  UserRound,
  Users,
  type LucideIcon,
} from "lucide-react";

const icons: Readonly<Record<string, LucideIcon>> = {
  organization: Settings,
  member: UserRound,
  team: Users,
  invitation: Mail,
  session: LogIn,
  password: KeyRound,
  import: FileUp,
  customer: Building2,
  opportunity: SquareKanban,
  pipeline: SquareKanban,
  stage: SquareKanban,
  product: Package,
  deal: Handshake,
  payment: ShieldCheck,
  invoice: ReceiptText,
  "legal-entity": ReceiptText,
  commission: Coins,
  period: Coins,
  statement: Coins,
  dispute: Scale,
  goal: Target,
};

export function auditIcon(entity: string): LucideIcon {
  return icons[entity] ?? History;
}

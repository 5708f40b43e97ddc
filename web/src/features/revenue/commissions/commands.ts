import { addMonths, monthOf } from "@rainmaker/contracts/time";
import { CircleQuestionMark, Coins, Lock, Scale, ScrollText, Target, Trophy } from "lucide-react";
import { registerCommands } from "#lib/commands";
import { today } from "#lib/format";

registerCommands([
  {
    id: "revenue.statement",
    label: "Go to my commission statement",
    group: "do",
    icon: Coins,
    also: "earned pay salary month",
    permission: "commission.read",
    to: "/commissions",
  },
  {
    id: "revenue.explain-commission",
    label: "Explain my last commission",
    group: "do",
    icon: CircleQuestionMark,
    also: "why trace steps rate",
    permission: "commission.read",
    to: "/commissions?line=last",
  },
  {
    id: "revenue.disputes",
    label: "Go to disputes",
    group: "do",
    icon: Scale,
    also: "objection wrong commission answer",
    permission: "commission.read",
    to: "/disputes",
  },
  {
    id: "revenue.close-month",
    label: "Close last month",
    group: "do",
    icon: Lock,
    also: "period statements approve lock payroll payout",
    permission: "statement.approve",
    to: `/commissions/${addMonths(monthOf(today()), -1)}/close`,
  },
  {
    id: "revenue.plans",
    label: "Go to commission plans",
    group: "do",
    icon: ScrollText,
    also: "rate tier quota bonus cap spiff version",
    permission: "plan.read",
    to: "/plans",
  },
  {
    id: "revenue.my-plan",
    label: "Read my commission plan",
    group: "do",
    icon: ScrollText,
    also: "rates accept terms",
    permission: "commission.read",
    to: "/my-plan",
  },
  {
    id: "revenue.set-goal",
    label: "Set a goal",
    group: "create",
    icon: Target,
    also: "target quota month team",
    permission: "goal.edit",
    to: "/goals?set=true",
  },
  {
    id: "revenue.leaderboard",
    label: "Open the leaderboard",
    group: "do",
    icon: Trophy,
    also: "ranking rank who leads",
    permission: "goal.read",
    to: "/goals?show=leaderboard",
  },
]);

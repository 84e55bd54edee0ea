"""The rules, in the order they are asked. A new convention is a new file and one line here."""

from __future__ import annotations

from bot.domain.harvest.rule import Rule
from bot.domain.harvest.rules import (
    h01_added,
    h01_todo,
    h02_role_line,
    h03_role_claim,
    h04_hand_over,
    h05_decision,
    h06_scribe,
    h07_status_report,
    h09_end_of_call,
    h10_note,
    h11_customer_message,
    h13_chatops,
    h15_proposal,
    h16_written_time,
    h17_reaction,
    h18_recording,
    h20_query,
    h22_commitment,
    h24_alert,
    h25_finding,
    h26_action,
    h27_page,
    h28_resolved,
    h29_public,
    h30_detection,
    h31_mitigation,
    h33_impact_start,
    h34_severity,
)

RULES: tuple[Rule, ...] = (
    h01_added.RULE,
    h01_todo.RULE,
    h02_role_line.RULE,
    h03_role_claim.RULE,
    h04_hand_over.RULE,
    *h05_decision.RULES,
    h06_scribe.RULE,
    *h07_status_report.RULES,
    h09_end_of_call.RULE,
    h10_note.RULE,
    *h11_customer_message.RULES,
    h13_chatops.RULE,
    h15_proposal.RULE,
    h16_written_time.RULE,
    h17_reaction.RULE,
    h18_recording.RULE,
    h20_query.RULE,
    *h22_commitment.RULES,
    *h24_alert.RULES,
    h34_severity.RULE,
    *h25_finding.RULES,
    *h26_action.RULES,
    *h27_page.RULES,
    *h28_resolved.RULES,
    *h29_public.RULES,
    *h30_detection.RULES,
    *h31_mitigation.RULES,
    *h33_impact_start.RULES,
)

MARKED = (h01_todo.RULE, h01_added.RULE)
"""The rules of what somebody marked as a follow-up (H-01)."""

"""The parts of a post-mortem as the wording rules tell them apart: what is out of place in an account of what happened is
at home among the action items."""

from __future__ import annotations

from enum import StrEnum


class Section(StrEnum):
    """Where a text stands. The values are stable: what people ignored is remembered by them."""

    OVERVIEW = "overview"
    WHAT_HAPPENED = "what_happened"
    CONTRIBUTING_FACTORS = "contributing_factors"
    RESOLUTION = "resolution"
    IMPACT = "impact"
    TIMELINE = "timeline"
    WENT_WELL = "went_well"
    WENT_BADLY = "went_badly"
    LUCKY = "lucky"
    COULD_HAVE_BEEN_CAUGHT = "could_have_been_caught"
    ACTION_ITEM = "action_item"
    INTERNAL_EMAIL = "internal_email"
    EXTERNAL_SUMMARY = "external_summary"
    EXTERNAL_HAPPENED = "external_happened"
    EXTERNAL_DOING = "external_doing"

    @property
    def label(self) -> str:
        """As people call it."""
        return _LABELS[self]


EXTERNAL = frozenset({Section.EXTERNAL_SUMMARY, Section.EXTERNAL_HAPPENED, Section.EXTERNAL_DOING})

_LABELS = {
    Section.OVERVIEW: "Overview",
    Section.WHAT_HAPPENED: "What Happened",
    Section.CONTRIBUTING_FACTORS: "Contributing Factors",
    Section.RESOLUTION: "Resolution",
    Section.IMPACT: "Impact",
    Section.TIMELINE: "Timeline",
    Section.WENT_WELL: "What Went Well",
    Section.WENT_BADLY: "What Didn't Go So Well",
    Section.LUCKY: "Where We Got Lucky",
    Section.COULD_HAVE_BEEN_CAUGHT: "Could It Have Been Caught",
    Section.ACTION_ITEM: "Action Items",
    Section.INTERNAL_EMAIL: "Internal Email",
    Section.EXTERNAL_SUMMARY: "External Message: Summary",
    Section.EXTERNAL_HAPPENED: "External Message: What Happened?",
    Section.EXTERNAL_DOING: "External Message: What Are We Doing About This?",
}

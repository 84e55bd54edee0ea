"""The forms: what is filled in, and how answers are read back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blocks import ids, modals
from bot.domain.details import DetailsForm
from bot.domain.harvest.finding import RecordingFinding
from bot.domain.postmortem import Roles, Times
from tests import factories


def fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Block id -> input block."""
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def initial(view: dict[str, Any]) -> dict[str, Any]:
    """Block id -> what is filled in."""
    found = {}
    for name, block in fields(view).items():
        element = block["element"]
        option = element.get("initial_option", {}).get("value")
        found[name] = next(
            (element[key] for key in ("initial_value", "initial_date_time", "initial_user") if key in element), option
        )
    return found


def answered(view: dict[str, Any]) -> dict[str, Any]:
    """The state that Slack sends when the form is submitted as it is."""
    state: dict[str, Any] = {}
    for name, block in fields(view).items():
        element, value = block["element"], initial(view)[name]
        key = {
            "plain_text_input": "value",
            "users_select": "selected_user",
            "datetimepicker": "selected_date_time",
            "static_select": "selected_option",
        }[element["type"]]
        answer = {"value": value} if element["type"] == "static_select" else value
        state[name] = {element["action_id"]: {"type": element["type"], key: answer}}
    return state


def test_the_form_asks_for_everything_that_a_record_needs() -> None:
    assert list(fields(modals.details(factories.overview(), "m"))) == [
        ids.TITLE, ids.SEVERITY, ids.STARTED_AT, ids.DETECTED_AT, ids.RESOLVED_AT,
        ids.IC, ids.SHADOW, ids.SCRIBE, ids.SERVICES, ids.RECORDING,
    ]  # fmt: skip


def test_only_title_and_severity_must_be_answered() -> None:
    shown = fields(modals.details(factories.overview(), "m"))
    assert [name for name, block in shown.items() if not block["optional"]] == [ids.TITLE, ids.SEVERITY]


def test_what_is_recorded_is_filled_in() -> None:
    record = factories.postmortem(
        roles=Roles(ic="U1", shadow="U5", scribe="U3"), services=("checkout", "api"), recording="https://x.example/r"
    )
    assert initial(modals.details(factories.overview(record), "m")) == {
        ids.TITLE: "Checkout is slow",
        ids.SEVERITY: "1",
        ids.STARTED_AT: int(factories.STARTED.timestamp()),
        ids.DETECTED_AT: int(factories.STARTED.timestamp()) + 360,
        ids.RESOLVED_AT: int(factories.RESOLVED.timestamp()),
        ids.IC: "U1",
        ids.SHADOW: "U5",
        ids.SCRIBE: "U3",
        ids.SERVICES: "checkout, api",
        ids.RECORDING: "https://x.example/r",
    }


def test_where_the_record_is_empty_the_channel_suggests_and_says_so() -> None:
    view = modals.details(factories.overview(factories.fresh(), findings=factories.findings()), "m")
    filled, shown = initial(view), fields(view)
    assert (filled[ids.IC], filled[ids.SCRIBE], filled[ids.SEVERITY]) == ("U1", "U3", "1")
    assert filled[ids.RECORDING] == "https://acme.zoom.us/rec/share/abc"
    for name in (ids.IC, ids.SCRIBE, ids.SEVERITY, ids.RECORDING):
        hint = shown[name]["hint"]["text"]
        assert "Suggested from what was written in the channel" in hint
        assert "H-" not in hint, "the numbers of our rules mean nothing to people"


def test_a_title_of_the_channel_is_a_suggestion_and_a_restricted_one_gets_none() -> None:
    found = factories.findings(title="Reminder e-mails delayed")
    view = modals.details(factories.overview(factories.fresh(title=""), findings=found), "m")
    assert initial(view)[ids.TITLE] == "Reminder e-mails delayed"
    assert "Suggested from what was written in the channel" in fields(view)[ids.TITLE]["hint"]["text"]
    kept = modals.details(factories.overview(factories.fresh(title="Mine"), findings=found), "m")
    assert initial(kept)[ids.TITLE] == "Mine"
    restricted = modals.details(factories.overview(factories.fresh(title="", restricted=True), findings=found), "m")
    assert "Reminder" not in str(restricted)


def test_an_unknown_severity_can_stay_unknown() -> None:
    assert initial(modals.details(factories.overview(factories.fresh()), "m"))[ids.SEVERITY] == "unknown"


def test_whom_the_channel_names_goes_before_an_assumed_ic() -> None:
    record = factories.postmortem(roles=Roles(ic="U9", ic_assumed=True))
    view = modals.details(factories.overview(record, findings=factories.findings()), "m")
    assert initial(view)[ids.IC] == "U1"
    confirmed = factories.postmortem(roles=Roles(ic="U9"))
    view = modals.details(factories.overview(confirmed, findings=factories.findings()), "m")
    assert initial(view)[ids.IC] == "U9"


@pytest.mark.parametrize("gone", [{"deleted": True}, {"is_bot": True}])
def test_nobody_is_suggested_who_cannot_be_chosen(gone: dict[str, Any]) -> None:
    people = {"U1": factories.person("U1", "Ana", **gone)}
    overview = factories.overview(factories.fresh(), findings=factories.findings(), people=people)
    assert initial(modals.details(overview, "m"))[ids.IC] is None


def test_a_recording_that_is_no_web_address_is_not_suggested() -> None:
    found = factories.findings(recordings=(RecordingFinding("1.0", "ftp://x/y"),))
    overview = factories.overview(factories.fresh(), findings=found)
    assert initial(modals.details(overview, "m"))[ids.RECORDING] is None


def test_a_form_submitted_as_it_opened_gives_the_record_back() -> None:
    record = factories.postmortem(roles=Roles(ic="U1", scribe="U3"), services=("checkout", "api"))
    form = modals.read_details(answered(modals.details(factories.overview(record), "m")))
    assert form == DetailsForm(
        title=record.title,
        severity=1,
        started_at=record.times.started_at,
        detected_at=record.times.detected_at,
        resolved_at=record.times.resolved_at,
        ic="U1",
        scribe="U3",
        services=("checkout", "api"),
    )


def test_a_severity_that_is_not_known_is_none_and_no_mistake() -> None:
    form = modals.read_details({ids.SEVERITY: {ids.INPUT: {"selected_option": {"value": "unknown"}}}})
    assert form.severity is None
    assert not form.unreadable


def test_services_are_split_trimmed_and_named_once() -> None:
    form = modals.read_details({ids.SERVICES: {ids.INPUT: {"value": " api, checkout ,, api\nbilling "}}})
    assert form.services == ("api", "checkout", "billing")


@pytest.mark.parametrize("values", [None, [], "x", {}, {"title": None}, {"title": {"input": None}}, {"title": {}}])
def test_missing_answers_are_empty(values: object) -> None:
    assert modals.read_details(values) == DetailsForm()


@pytest.mark.parametrize(
    ("block_id", "answer"),
    [
        (ids.TITLE, {"value": 7}),
        (ids.SEVERITY, {"selected_option": {"value": "worst"}}),
        (ids.SEVERITY, {"selected_option": {"value": "٣"}}),
        (ids.STARTED_AT, {"selected_date_time": "soon"}),
        (ids.STARTED_AT, {"selected_date_time": 10**30}),
        (ids.STARTED_AT, {"selected_date_time": True}),
        (ids.IC, {"selected_user": "<!channel>"}),
        (ids.IC, {"selected_user": ["U1"]}),
    ],
)
def test_an_odd_answer_is_asked_for_again(block_id: str, answer: dict[str, Any]) -> None:
    form = modals.read_details({block_id: {ids.INPUT: answer}})
    assert form.unreadable == {block_id}
    assert "enter it again" in modals.details_errors(form, factories.NOW)[block_id]


def test_a_time_sent_as_text_is_read() -> None:
    form = modals.read_details({ids.STARTED_AT: {ids.INPUT: {"selected_date_time": "1700000000"}}})
    assert form.started_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


NAMES = st.sampled_from(["value", "input", "x"])
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
nested = leaves | st.lists(leaves, max_size=3) | st.dictionaries(NAMES, leaves)
json_values = nested | st.lists(nested, max_size=3) | st.dictionaries(NAMES, nested)


@given(st.dictionaries(st.sampled_from([*fields(modals.details(factories.overview(), "m")), ids.OWNER]), json_values))
@settings(max_examples=200, deadline=None)
def test_reading_never_fails(values: dict[str, Any]) -> None:
    form = modals.read_details(values)
    assert set(modals.details_errors(form, factories.NOW)) <= set(fields(modals.details(factories.overview(), "m")))
    modals.read_owner(values)
    modals.read_reason(values)


def test_the_chosen_owner_and_the_reason_are_read() -> None:
    assert modals.read_owner({ids.OWNER: {ids.INPUT: {"selected_user": "U7"}}}) == "U7"
    assert modals.read_reason({ids.REASON: {ids.INPUT: {"value": "  on leave\n"}}}) == "on leave"


def test_a_form_carries_what_it_is_about() -> None:
    overview = factories.overview()
    views = [modals.details(overview, "a"), modals.choose_owner("a"), modals.decline(overview, "a")]
    assert [view["callback_id"] for view in views] == [ids.DETAILS, ids.CHOOSE_OWNER, ids.DECLINE]
    assert {view["private_metadata"] for view in views} == {"a"}


def test_a_time_that_no_picker_can_show_is_left_out() -> None:
    record = factories.postmortem(times=Times(datetime(1999, 1, 1, tzinfo=UTC)))
    assert initial(modals.details(factories.overview(record), "m"))[ids.STARTED_AT] is None

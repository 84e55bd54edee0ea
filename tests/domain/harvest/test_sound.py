from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.harvest import analyse, declared, marked, sound, todo_marks
from bot.domain.harvest.analyse import Options
from bot.domain.harvest.listening import Heard, Run
from bot.domain.harvest.message import Message
from bot.domain.harvest.note import PLAIN
from bot.domain.harvest.person import Person
from bot.domain.harvest.rules import h01_todo
from bot.domain.harvest.sound import Ear
from bot.domain.harvest.spots import Said

EAR = Ear(drift=0.1, least=1.0, weights={b"pool": 0.5, b"errors": 0.7, b"lunch": -0.4})


def runs(*weights: float, apart: float = 60.0) -> list[tuple[int, int, float]]:
    found = EAR.runs(weights, [place * apart for place in range(len(weights))])
    return [(each.places.start, each.places.stop, round(each.weight, 3)) for each in found]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("The POOL's full: 80% of db-2!", ["the", "pool's", "full", "80%", "of", "db", "2"]),
        ("Störung, überall", ["st", "rung", "berall"]),
        ("\ud800 half\n", ["half"]),
        ("", []),
    ],
)
def test_words_are_folded_and_whatever_stands_between_them_goes(said: str, words: list[str]) -> None:
    found = [each.decode() for each in sound.words(said)]
    assert [each for each in found if each != "?"] == words


def test_a_message_weighs_what_its_words_do_each_time_they_are_said() -> None:
    assert EAR.hear(["pool errors, POOL", "lunch", "", "nothing known"]) == [pytest.approx(1.7), -0.4, 0.0, 0.0]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_all_at_once_is_what_each_weighs(texts: list[str]) -> None:
    ear = sound.ear()
    assert ear.hear(texts) == [sum(ear.weights.get(word, 0.0) for word in sound.words(each)) for each in texts]


def test_a_run_begins_where_the_sum_rises_and_ends_where_it_is_heaviest() -> None:
    assert runs(-1, -1, 0.5, 0.5, 0.5, -0.2, -0.2, -9, 0.1) == [(2, 5, 1.2)]


def test_no_message_alone_is_a_run() -> None:
    assert runs(9.0) == []
    assert runs(9.0, 9.0, 9.0) == runs(0.5, 0.5, 0.5) == [(0, 3, 1.2)]


def test_too_little_is_no_run() -> None:
    assert runs(0.5, 0.5) == []
    assert runs() == []


def test_silence_ends_a_run() -> None:
    assert runs(0.5, 0.5, 0.5) == [(0, 3, 1.2)]
    assert runs(0.5, 0.5, 0.5, apart=sound.PAUSE + 1) == []


def test_a_second_incident_is_a_run_of_its_own_though_the_first_was_heavier() -> None:
    first, between, second = [0.5] * 20, [-1.0] * 4, [0.5] * 3
    assert runs(*first, *between, *second) == [(0, 20, 8.0), (24, 27, 1.2)]


def test_of_the_shipped_table_an_incident_sounds_like_one_and_lunch_does_not() -> None:
    ear = sound.ear()
    alarm, rest = ear.hear(["alert: 5xx errors on checkout, rolling back the deploy", "lunch anyone? cake :)"])
    assert alarm > ear.drift > rest


LINES = (
    "TODO: a", "todo ana: b", "AI: c", "*Action items*\n- d", "APIs are AIry", "\u0130 TODO: e", "to do: f", "nothing to do with it",
    "FOLLOW-UP - g", "#action h", "next steps\n- i", "`TODO: code`", "hello", "Follow up: x", "\u0130",
    *(example for mark in todo_marks.MARKS for example in mark.examples), "- [] j", "\u2b1c k", "todo app is down", "see #todo",
    "APIs: AIry", "TODO: l; TODO: m", "~TODO: n~", "so: TODO @ana o",
)  # fmt: skip


PEOPLE = {each: Person(each, name) for each, name in (("U1", "bo"), ("U2", "ana"))}


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_every_message_that_the_rule_takes_is_found_and_no_other(texts: list[str]) -> None:
    rule = Options(rules=(h01_todo.RULE,))
    wanted = []
    for place, text in enumerate(texts):
        found = analyse.whole([Message("C1", f"{1_700_000_000 + place}.000100", user_id="U1", text=text)], PEOPLE, rule)
        if any(finding.rule == "H-01" for finding in found.findings.todos):
            wanted.append(place)
    assert marked.places(Said(texts)) == wanted


class TestHeard:
    def heard(self, *said: str, threads: dict[int, int] | None = None) -> Heard:
        found = Heard(PLAIN)
        names = [f"{1_700_000_000 + place * 60}.000100" for place in range(len(said))]
        of = [names[threads[place]] if threads and place in threads else None for place in range(len(said))]
        half = len(said) // 2
        found.take("one.json", names[:half], of[:half], said[:half])
        found.take("two.json", names[half:], of[half:], said[half:])
        return found

    def test_files_are_those_in_which_a_message_stands(self) -> None:
        heard = self.heard("a", "b", "c", "d")
        assert heard.files(frozenset(heard.ts[1:2])) == {"one.json"}
        assert heard.files(frozenset(heard.ts[1:3])) == {"one.json", "two.json"}
        assert heard.files(frozenset()) == frozenset()

    def test_around_a_run_are_its_days(self) -> None:
        heard = self.heard("a", "b", "c", "d")
        assert heard.around([Run((heard.ts[1],), 9.0)]) == set(heard.ts)
        assert heard.around([]) == frozenset()

    def test_beside_a_mark_are_its_neighbours_and_its_thread(self) -> None:
        said = ["x"] * 40
        said[20] = "TODO: y"
        heard = self.heard(*said, threads={38: 20, 39: 1})
        assert heard.beside_marks() == {*heard.ts[17:31], heard.ts[38]}
        assert self.heard(*["x"] * 40).beside_marks() == frozenset()

    def test_who_says_that_there_is_an_incident_is_heard_however_short_it_is(self) -> None:
        said = ["cake in the kitchen", "lovely"] * 20
        said[30:34] = ["Declaring SEV1: orders API is down", "I\u2019m IC", "rolled back", "resolved"]
        (run,) = self.heard(*said).runs()
        assert run.weight == sound.ear().least
        assert {self.heard(*said).ts[at] for at in range(30, 34)} <= set(run.messages)

    def test_a_thread_is_heard_by_itself(self) -> None:
        fight = [
            "alert: 5xx errors on checkout",
            "db is down, pool exhausted",
            "errors in the logs since the deploy",
            "restarting it",
        ]
        said = [
            each
            for at in range(30)
            for each in (fight[at % 4], "cake in the kitchen, lovely party", "haha, see you at lunch")
        ]
        threads = dict.fromkeys(range(0, 90, 3), 0)
        assert not self.heard(*said).runs()
        (run,) = self.heard(*said, threads=threads).runs()
        assert set(run.messages) <= {self.heard(*said).ts[at] for at in threads}


def test_messages_heard_together_weigh_what_each_weighs_alone() -> None:
    said = ["The DB is DOWN", "", "an outage\0of the pool", "déjà vu: outage, 100 %", "rolled\nback"]
    for texts in (said, [each for each in said if "\0" not in each], []):
        assert sound.ear().hear(texts) == [sound.ear().hear([each])[0] for each in texts]


@pytest.mark.parametrize(
    "said",
    [
        "Declaring a SEV1", "sev 2 now", "[P1] checkout", "I'm IC", "IC is ana", "ic: ana", "the incident commander", "prod outage",
        "outage: eu", "incident resolved", "users can’t log in", "customers cannot pay", "customers say they can't pay", "rolled back",
        "rolling back", "all clear", "mitigated", "postmortem on monday", "leaked an api key", "a token was leaked", "paged them",
    ],
)  # fmt: skip
def test_whatever_says_that_there_is_an_incident_is_looked_at(said: str) -> None:
    assert declared.ways(said)
    assert declared.ways(f"hm\n{said.upper()}")

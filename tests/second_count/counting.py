"""The figures of a cohort counted a second time, by the definitions of docs/figures.md."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from math import sqrt
from typing import Any

import pandas as pd
from scipy import stats

from second_count.tables import Tables, day_or_never

_DAY = pd.Timedelta(days=1)
_Figures = dict[str, Any]


def count_figures(tables: Tables, start: str, end: str, today: str) -> _Figures:
    """Count the figures of a window, its two days included, as known on `today`."""
    return _Count(tables, pd.Timestamp(start), pd.Timestamp(end), pd.Timestamp(today)).figures()


def round_half_up(value: Fraction | float | None, digits: int = 2) -> float | None:
    """A number with some decimals; a half is rounded away from zero."""
    if value is None:
        return None
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator)
        if isinstance(value, Fraction)
        else Decimal(repr(value))
    )
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


class _Count:
    def __init__(
        self, tables: Tables, first: pd.Timestamp, last: pd.Timestamp, today: pd.Timestamp
    ) -> None:
        self.tables, self.first, self.today = tables, first, today
        self.starts = pd.Timestamp(tables.cohort["starts"])
        self.ends = day_or_never(tables.cohort.get("ends"))
        schedule = tables.cohort.get("check_ins") or {}
        self.schedule = schedule
        default = (tables.settings.get("defaults") or {}).get("check_in_grace_days", 5)
        self.grace = pd.Timedelta(days=schedule.get("grace_days", default))
        self.answers = schedule.get("answers", "both")
        self.check_ins = self._known(tables.check_ins)
        self.last = min(last, today, self._last_day_of_report())
        self.pairs = tables.pairs.assign(
            status_on_last=[self._status(row, self.last) for row in tables.pairs.itertuples()]
        )

    def figures(self) -> _Figures:
        return {
            "participants": self.participants(),
            "pairs": self.statuses(),
            "began": self.began(),
            **self.endings(),
            "meetings": self.meetings(),
            "check_ins": self.owed_check_ins(),
            "goals": self.goals(),
            "ratings": self.ratings(),
            "support": self.support(),
            "circles": self.circles(),
            "events": self.events(),
            "training": self.training(),
            "surveys": [self.survey(id_) for id_ in self.tables.cohort.get("surveys", ())],
        }

    def _last_day_of_report(self) -> pd.Timestamp:
        pairs = self.tables.pairs
        dues = [due for pair in pairs.itertuples() for due in self._due_dates(pair)[-1:]]
        own = pairs["ends_on"].dropna()
        closing = pd.Timedelta(days=56 if self.tables.cohort.get("surveys") else 0)
        return max([self.ends + closing, *own, *(due + self.grace for due in dues)])

    # Who takes part

    def _known(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[table["known"] <= self.today]

    def _in_window(self, days: pd.Series) -> pd.Series:
        return days.between(self.first, self.last)

    def _taking_part(self, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
        parts = self.tables.parts
        joined = parts["joined"].fillna(self.starts)
        left = parts["left_on"].map(day_or_never)
        return parts[(joined <= last) & (left > first) & (left > joined)]

    def participants(self) -> _Figures:
        taking_part = self._taking_part(self.first, self.last)
        by_role = taking_part.groupby("role")["person"].nunique()
        parts = self.tables.parts
        return {
            "mentors": int(by_role.get("mentor", 0)),
            "mentees": int(by_role.get("mentee", 0)),
            "either": int(by_role.get("either", 0)),
            "people": taking_part["person"].nunique(),
            "left": parts[self._in_window(parts["left_on"])]["person"].nunique(),
        }

    # Pairs

    def _status(self, pair: Any, day: pd.Timestamp) -> str | None:
        if pd.isna(pair.proposed) or day < pair.proposed:
            return None
        if pair.status == "proposed" or day < day_or_never(pair.started_on):
            return "proposed"
        if day >= day_or_never(pair.ended_on):
            return str(pair.status)
        return "paused" if self._is_paused(pair.pair, day) else "active"

    def _is_paused(self, pair: str, day: pd.Timestamp) -> bool:
        own = self.tables.pauses[self.tables.pauses["pair"] == pair]
        return bool(((own["starts"] <= day) & (own["ends"].map(day_or_never) >= day)).any())

    def statuses(self) -> _Figures:
        counts = self.pairs["status_on_last"].value_counts()
        names = ("proposed", "active", "paused", "completed", "ended_early")
        return {name: int(counts.get(name, 0)) for name in names} | {"not_known": 0}

    def _begun(self) -> pd.DataFrame:
        pairs = self.pairs
        return pairs[(pairs["started_on"] <= self.last) & (pairs["status"] != "proposed")]

    def began(self) -> _Figures:
        begun = self._begun()
        return {"pairs": len(begun), "people": begun["people"].explode().nunique()}

    def endings(self) -> _Figures:
        pairs = self.pairs
        ended = pairs[self._in_window(pairs["ended_on"])]
        early = ended[ended["status"] == "ended_early"]
        reasons = early["end_reason"].fillna("not said").value_counts()
        started = self._in_window(pairs["started_on"]) & (pairs["status"] != "proposed")
        return {
            "started": int(started.sum()),
            "completed": int((ended["status"] == "completed").sum()),
            "ended_early": {str(reason): int(n) for reason, n in sorted(reasons.items())},
        }

    # Meetings

    def meetings(self) -> _Figures:
        reported = self._known(self.tables.meetings)
        reported = reported[reported["on"] <= self.today]
        dated = reported[self._in_window(reported["on"])]
        one_each = dated.groupby(["pair", "on"])["minutes"].max()
        undated = self._undated_meetings(reported)
        known = one_each.dropna()
        met = {pair for pair, _ in one_each.index} | {pair for pair, _ in undated}
        at_work = self._begun()
        at_work = at_work[at_work["ended_on"].map(day_or_never) > self.first]
        return {
            "held": len(one_each) + len(undated),
            "undated": len(undated),
            "minutes": int(known.sum()),
            "minutes_known": len(known),
            "pairs_met": len(met),
            "pairs_at_work": len(at_work),
        }

    def _undated_meetings(self, reported: pd.DataFrame) -> set[tuple[str, pd.Timestamp]]:
        known = self.check_ins
        said = known[self._in_window(known["due"]) & known["met"].eq(True)]
        named = set(zip(reported["pair"], reported["due"], strict=True))
        return set(zip(said["pair"], said["due"], strict=True)) - named

    # Check-ins

    def _due_dates(self, pair: Any) -> list[pd.Timestamp]:
        if pair.status == "proposed":
            return []
        start = pair.started_on if not pd.isna(pair.started_on) else self.starts
        weeks = self.schedule.get("every_weeks")
        planned = min(day_or_never(pair.ends_on), _NEVER_ENDS)
        if pd.isna(pair.ends_on):
            planned = self.ends
            if self.ends == day_or_never(None) and self.tables.cohort.get("pair_weeks"):
                planned = start + pd.Timedelta(weeks=self.tables.cohort["pair_weeks"])
        end = min(day_or_never(pair.ended_on), planned)
        if self.schedule.get("dates"):
            possible = sorted(map(pd.Timestamp, self.schedule["dates"]))
        elif weeks:
            origin = self.starts if self.ends != day_or_never(None) else start
            first = pd.Timestamp(self.schedule.get("first") or origin + pd.Timedelta(weeks=weeks))
            until = min(end, self.today + pd.Timedelta(days=400))
            possible = list(pd.date_range(first, until, freq=f"{7 * weeks}D"))
        else:
            possible = []
        return [d for d in possible if start <= d <= end and not self._is_paused(pair.pair, d)]

    @cached_property
    def _owed(self) -> pd.DataFrame:
        rows: list[_Figures] = []
        for pair in self.pairs.itertuples():
            only = {"mentor": pair.mentor, "mentee": pair.mentee}.get(self.answers)
            asked = [only] if isinstance(only, str) else pair.people
            asked = [None] if self.answers == "either" else asked
            in_window = (due for due in self._due_dates(pair) if self.first <= due <= self.last)
            own = {"pair": pair.pair, "people": pair.people}
            rows += [own | {"person": who, "due": due} for due in in_window for who in asked]
        return pd.DataFrame(rows, columns=["pair", "people", "person", "due"])

    def owed_check_ins(self) -> _Figures:
        counts = dict.fromkeys(
            ("due", "time_up", "on_time", "late", "undated", "missing", "early", "awaited"), 0
        )
        owed = self._owed
        for row in owed.itertuples():
            came = self.check_ins[
                (self.check_ins["pair"] == row.pair) & (self.check_ins["due"] == row.due)
            ]
            if row.person is not None:
                came = came[came["person"] == row.person]
            came = came.sort_values(["known", "person"])
            is_up = row.due + self.grace < self.today
            counts["due"] += 1
            counts["time_up"] += is_up
            counts[self._outcome(came, row.due + self.grace, is_up=is_up)] += 1
        received = counts["on_time"] + counts["late"] + counts["undated"]
        people = owed["people"].explode() if self.answers == "either" else owed["person"]
        return {**counts, "received": received, "people": people.nunique(), "answers": self.answers}

    @staticmethod
    def _outcome(came: pd.DataFrame, last_day: pd.Timestamp, *, is_up: bool) -> str:
        if not is_up:
            return "awaited" if came.empty else "early"
        if came.empty:
            return "missing"
        received = came.iloc[0]["received_on"]
        if pd.isna(received):
            return "undated"
        return "on_time" if received <= last_day else "late"

    def support(self) -> _Figures:
        calls = self.check_ins[self.check_ins["calls"] & self._in_window(self.check_ins["known"])]
        return {"asked": len(calls), "people": calls["person"].nunique()}

    def ratings(self) -> list[_Figures]:
        owed = self._owed
        rated = self.check_ins[self._in_window(self.check_ins["due"])]
        rated = rated[rated["useful"].notna() | rated["relationship"].notna()]
        is_rolling = self.ends == day_or_never(None)

        def when(days: pd.Series) -> pd.Series:
            return days.dt.to_period("M").dt.start_time if is_rolling else days

        rows = []
        for due, group in rated.groupby(when(rated["due"])):
            asked = owed[when(owed["due"]) == due] if len(owed) else owed
            subjects = asked["pair"] if self.answers == "either" else asked["person"]
            row: _Figures = {
                "due": str(due.date()),
                "asked": subjects.nunique(),
                "people": group["person"].nunique(),
            }
            for name in ("useful", "relationship"):
                values = group.dropna(subset=[name])
                mean = Fraction(int(values[name].sum()), len(values)) if len(values) else None
                row[name] = round_half_up(mean)
                row[f"{name}_people"] = values["person"].nunique()
            rows.append(row)
        return rows

    # Goals

    def goals(self) -> _Figures:
        goals = self.tables.goals.merge(
            self.pairs[["pair", "mentee", "mentor", "started_on", "people"]], on="pair"
        )
        standing = goals[goals["set_on"] <= self.last].sort_values(["started_on", "pair"])
        own = standing["mentee"].notna()
        once = pd.concat(
            [standing[own].drop_duplicates(["mentee", "title"], keep="last"), standing[~own]]
        )
        words = self._newest_levels(once)
        by_level = {str(level): 0 for level in range(-2, 3)}
        scored: dict[str, list[tuple[float, int]]] = {}
        differ = 0
        for goal in once.itertuples():
            levels = words.get((goal.pair, goal.goal), {})
            if not levels:
                continue
            newest = set(levels.values())
            if len(newest) > 1:
                differ += 1
                continue
            level = newest.pop()
            by_level[str(level)] += 1
            scored.setdefault(goal.pair, []).append((goal.weight, level))
        scores = [self._score(pair) for pair in scored.values()]
        return {
            "set": int(self._in_window(goals["set_on"]).sum()),
            "standing": len(once),
            "reported": sum(by_level.values()) + differ,
            "by_level": by_level,
            "differ": differ,
            "score": round_half_up(sum(scores) / len(scores)) if scores else None,
            "pairs_scored": len(scores),
        }

    def _newest_levels(self, goals: pd.DataFrame) -> dict[tuple[str, str], dict[str, int]]:
        """The level of a goal by its one word, or by each of two peers."""
        said = self._known(self.tables.levels)
        said = said[said["answered_on"] <= self.last].sort_values(["due", "person"])
        newest: dict[tuple[str, str], dict[str, int]] = {}
        for goal in goals.itertuples():
            own = said[(said["pair"] == goal.pair) & (said["goal"] == goal.goal)]
            if own.empty:
                continue
            if goal.mentee is None or pd.isna(goal.mentee):
                newest[goal.pair, goal.goal] = {
                    str(who): int(words.iloc[-1]["level"]) for who, words in own.groupby("person")
                }
                continue
            last = own[own["due"] == own["due"].max()]
            by_mentee = last[last["person"] == goal.mentee]
            word = by_mentee if len(by_mentee) else last
            newest[goal.pair, goal.goal] = {"both": int(word.iloc[-1]["level"])}
        return newest

    def _score(self, goals: list[tuple[float, int]]) -> float:
        rho = (self.tables.settings.get("goals") or {}).get("correlation", 0.3)
        weights = [w for w, _ in goals]
        total = sum(w * x for w, x in goals)
        return 50 + 10 * total / sqrt(
            (1 - rho) * sum(w * w for w in weights) + rho * sum(weights) ** 2
        )

    # Circles, events, training

    def _attendances(self, attended: list[tuple[pd.Timestamp, list[str]]]) -> _Figures:
        ours = set(self.tables.parts["person"])
        who = [person for _, people in attended for person in people]
        return {
            "attendances": sum(person in ours for person in who),
            "people": len({*who} & ours),
            "guests": sum(person not in ours for person in who),
        }

    def circles(self) -> _Figures:
        running = [
            c
            for c in self.tables.circles
            if c["status"] != "proposed"
            and pd.Timestamp(c.get("started_on") or self.starts) <= self.last
            and day_or_never(c.get("ended_on")) > self.first
        ]
        held = [
            (pd.Timestamp(m["on"]), m)
            for c in running
            for m in c.get("meetings", ())
            if self.first <= pd.Timestamp(m["on"]) <= min(self.last, self.today)
        ]
        return {
            "circles": len(running),
            "meetings": len(held),
            "minutes": sum(m.get("minutes", 0) for _, m in held),
            **self._attendances([(day, m.get("attended", [])) for day, m in held]),
        }

    def events(self) -> _Figures:
        held = [
            (pd.Timestamp(e["on"]), e.get("attended", []))
            for e in self.tables.events
            if self.first <= pd.Timestamp(e["on"]) <= min(self.last, self.today)
        ]
        return {"held": len(held), **self._attendances(held)}

    def training(self) -> _Figures:
        asked = set()
        for part in self._taking_part(self.first, self.last).itertuples():
            for module in self.tables.cohort.get("training", ()):
                roles = self.tables.modules.get(module, [])
                if part.role in roles or "either" in roles:
                    asked.add((part.person, module))
        completed = self.tables.completions
        completed = completed[completed["completed_on"] <= self.last]
        done = asked & set(zip(completed["person"], completed["module"], strict=True))
        return {"people": len({p for p, _ in asked}), "asked": len(asked), "done": len(done)}

    # Surveys

    def survey(self, id_: str) -> _Figures:
        survey = self.tables.surveys[id_]
        waves = self.tables.waves
        waves = waves[(waves["survey"] == id_) & (waves["answered_on"] <= self.last)]
        opens = {
            "before": self.starts,
            "midway": self.starts + ((self.ends - self.starts) / 2).floor("D"),
            "after": self.ends,
        }
        scales = [i for i in survey["items"] if i["kind"] == "scale"]
        compared = [
            i for i in scales if not i.get("waves") or {"before", "after"} <= set(i["waves"])
        ]
        return {
            "survey": id_,
            "asked": {
                wave: self._taking_part(opens[wave], self.last)["person"].nunique()
                if opens[wave] <= self.last
                else 0
                for wave in survey["waves"]
            },
            "answered": {
                wave: waves[waves["wave"] == wave]["code"].nunique() for wave in survey["waves"]
            },
            "items": [self._change(item["id"], waves) for item in compared],
        }

    @staticmethod
    def _change(item: str, waves: pd.DataFrame) -> _Figures:
        def answers(wave: str) -> dict[str, int]:
            own = waves[waves["wave"] == wave]
            return {
                code: given[item]
                for code, given in zip(own["code"], own["answers"], strict=True)
                if isinstance(given.get(item), int)
            }

        before, after = answers("before"), answers("after")
        both = sorted(before.keys() & after.keys())
        # Surveys are anonymous: of fewer than five people nothing is said.
        if len(both) < 5:
            return {
                "item": item,
                "both": len(both),
                **dict.fromkeys(("before", "after", "change", "margin")),
            }
        differences = pd.Series([after[c] - before[c] for c in both], dtype=float)
        margin = None
        if differences.nunique() > 1:
            low, high = stats.t.interval(
                0.95, len(both) - 1, differences.mean(), stats.sem(differences)
            )
            margin = float(high - low) / 2
        return {
            "item": item,
            "both": len(both),
            "before": round_half_up(Fraction(sum(before[c] for c in both), len(both))),
            "after": round_half_up(Fraction(sum(after[c] for c in both), len(both))),
            "change": round_half_up(Fraction(int(differences.sum()), len(both))),
            "margin": round_half_up(margin),
        }


_NEVER_ENDS = day_or_never(None)

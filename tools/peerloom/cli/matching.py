"""`peerloom match`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    Word,
    cohort_named,
    program_folder,
    sound_program,
    today_option,
    write,
    writer_for,
)
from peerloom.cli.printing import refuse, say, show, show_data
from peerloom.diagnostic import did_you_mean, quoted

if TYPE_CHECKING:
    from peerloom.changes import Changes, Writer
    from peerloom.matching.explaining import Desk
    from peerloom.model import Cohort
    from peerloom.records import Program


@click.command("match")
@click.argument("cohort")
@click.argument("people", nargs=-1, metavar="[MENTEE]...")
@click.option("--write", is_flag=True, help="Put the proposed pairs or circles into content/.")
@click.option(
    "--pull-request", is_flag=True, help="Propose pairs on GitHub, as GitHub Actions describes it."
)
@click.option("--for", "one", metavar="ID", help="A shortlist for one person, with reasons.")
@click.option("--explain", is_flag=True, help="Why MENTEE has this mentor, or not that MENTOR.")
@click.option("--candidates", is_flag=True, help="Every mentor for every mentee, best first.")
@click.option("--circles", is_flag=True, help="Circles of four to eight people around a topic.")
@click.option("--supervision", is_flag=True, help="Groups in which mentors support each other.")
@click.option("--attributes", is_flag=True, help="Print what of a record is used, and what never.")
@click.option("--anew", is_flag=True, help="Make earlier proposals that nobody took up again.")
@click.option("--stable", is_flag=True, help="As --anew, and keep as many of them as can be.")
@click.option(
    "--most", type=click.IntRange(1, 50), default=3, show_default=True, help="How many --for lists."
)
@click.option(
    "--audience",
    type=Word(["members", "coordinators"]),
    default="coordinators",
    show_default=True,
    help="Who will read --explain: members do not read other people's names.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="What 'learn' draws its intervals by.",
)
@click.option(
    "--format",
    "form",
    type=Word(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for a pull request.",
)
@today_option
@program_folder
def command(
    root: Path,
    cohort: str,
    people: tuple[str, ...],
    write: bool,
    pull_request: bool,
    one: str | None,
    explain: bool,
    candidates: bool,
    circles: bool,
    supervision: bool,
    attributes: bool,
    anew: bool,
    stable: bool,
    most: int,
    audience: str,
    seed: int,
    form: str,
    today: date,
) -> None:
    """Propose whom of a COHORT to match with whom, and say why.

    What stands stays: only who has nobody is matched. `peerloom match learn COHORT` fits the
    weights of a match to what became of earlier pairs, and with --write puts them into the
    cohort's file.
    """
    if pull_request:
        if write or people or one or explain or candidates or circles or supervision or attributes:
            raise click.UsageError("--pull-request goes with --anew and --stable alone")
        _match_on_github(root, cohort, today, anew=anew, stable=stable)
        return
    learns = cohort == "learn" and not explain and len(people) == 1
    modes = {
        "--for": one is not None,
        "--explain": explain,
        "--candidates": candidates,
        "--circles": circles,
        "--supervision": supervision,
        "--attributes": attributes,
        "learn": learns,
    }
    _used_well(people, [mode for mode, is_on in modes.items() if is_on])
    options = {"--write": write, "--anew": anew, "--stable": stable, "--format": form != "text"}
    _go_together(modes, [option for option, is_on in options.items() if is_on], form)
    writer = writer_for(root) if write else None
    program = sound_program(root)
    if cohort == "learn" and not people and cohort not in program.cohorts:
        raise click.UsageError("'match learn' takes the cohort whose weights are to be learned")
    run = program.cohorts[cohort_named(program, people[0] if learns else cohort)]
    if learns:
        _learn(root, program, run, today, seed, form, writer)
    elif circles or supervision:
        _groups(program, run, today, form, writer, supervision=supervision)
    elif candidates or attributes:
        _directory(program, run, today, form, listed=candidates)
    elif one is not None or explain:
        _explain(_desk(program, run, today), one, people, most, named=audience == "coordinators")
    else:
        _match(program, run, today, form, writer, anew=anew, stable=stable)


def _used_well(people: tuple[str, ...], modes: list[str]) -> None:
    if len(modes) > 1:
        raise click.UsageError(f"{modes[0]} and {modes[1]} must be asked for one at a time")
    if modes == ["--explain"] and not 1 <= len(people) <= 2:
        raise click.UsageError("--explain takes the id of a mentee, and then maybe of a mentor")
    if people and modes not in (["--explain"], ["learn"]):
        raise click.UsageError(
            f"{quoted(people[0])} must follow --explain, or be the one cohort of 'match learn'"
        )


# What each way of asking can be told besides; all else goes with a proposal for everybody.
_BESIDES: dict[str, tuple[str, ...]] = {
    "--for": (),
    "--explain": (),
    "--candidates": ("--format",),
    "--circles": ("--write", "--format"),
    "--supervision": ("--write", "--format"),
    "--attributes": (),
    "learn": ("--write", "--format"),
}


def _go_together(modes: dict[str, bool], options: list[str], form: str) -> None:
    if {"--anew", "--stable"} <= {*options}:
        raise click.UsageError("--anew and --stable must be asked for one at a time")
    for mode in (mode for mode, is_on in modes.items() if is_on):
        for option in options:
            if option not in _BESIDES[mode] or (option == "--format" and form == "md"):
                said = f"--format {form}" if option == "--format" else option
                raise click.UsageError(f"{said} does not go with {mode}")


def _match(
    program: "Program",
    cohort: "Cohort",
    today: date,
    form: str,
    writer: "Writer | None",
    *,
    anew: bool,
    stable: bool,
) -> None:
    from peerloom.matching.filing import files
    from peerloom.matching.forms import Told, as_json, as_markdown, as_text, as_value
    from peerloom.matching.proposing import propose

    proposal = propose(program, cohort, today, anew=anew, stable=stable)
    told = Told(proposal)
    if form == "json":
        show_data(as_json(as_value(told)), "json")
    elif form == "md":
        show_data(as_markdown(told), "md")
    else:
        show(as_text(told))
    if writer is not None:
        made = files(proposal, today)
        _write(writer, made.changes, made.gone)


def _match_on_github(root: Path, cohort: str, today: date, *, anew: bool, stable: bool) -> None:
    """Proposes what the newest commit leads to; a public log names nobody."""
    from peerloom import github
    from peerloom.cli.desk import desk_at
    from peerloom.github.matching import Stopped, propose_matches
    from peerloom.matching.proposing import propose

    desk = desk_at(root, today)
    if desk.program.broken:
        refuse("some files must be mended first; 'peerloom check' says which")
    run = desk.program.cohorts[cohort_named(desk.program, cohort)]
    proposal = propose(desk.program, run, today, anew=anew, stable=stable)
    try:
        show(f"{propose_matches(desk, proposal, github.starter())}\n")
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    except Stopped as reason:
        refuse(str(reason))


def _groups(
    program: "Program",
    cohort: "Cohort",
    today: date,
    form: str,
    writer: "Writer | None",
    *,
    supervision: bool,
) -> None:
    from peerloom.matching import groups
    from peerloom.matching.forms import as_json

    form_groups = groups.supervision_groups if supervision else groups.circles
    proposal = form_groups(program, cohort, today)
    if form == "json":
        show_data(as_json(groups.groups_as_value(proposal)), "json")
    else:
        show(groups.groups_as_text(proposal))
    if writer is not None:
        _write(writer, groups.circle_files(proposal), ())


def _directory(
    program: "Program", cohort: "Cohort", today: date, form: str, *, listed: bool
) -> None:
    from peerloom.matching.forms import as_json, attributes, candidates_as_text, candidates_as_value
    from peerloom.matching.pool import pool
    from peerloom.matching.scoring import Scorer

    everybody = pool(program, cohort, today)
    if not listed:
        show(attributes(everybody))
    elif form == "json":
        show_data(as_json(candidates_as_value(Scorer(everybody))), "json")
    else:
        show(candidates_as_text(Scorer(everybody)))


def _desk(program: "Program", cohort: "Cohort", today: date) -> "Desk":
    from peerloom.matching.explaining import Desk
    from peerloom.matching.proposing import propose

    return Desk(program, cohort, today, propose(program, cohort, today, stable=True))


def _explain(
    desk: "Desk", one: str | None, people: tuple[str, ...], most: int, *, named: bool
) -> None:
    from peerloom.matching.explaining import explained, shortlist

    mentees = [p.id for s in desk.proposal.pool.seekers for p in s.people]
    mentors = [m.id for m in desk.proposal.pool.mentors]
    if one is not None:
        _known(one, {*mentees, *mentors}, desk.cohort, "participant")
        _say(shortlist(desk, one, most))
        return
    mentee, mentor = (*people, None)[:2]
    assert mentee is not None
    if mentee in mentors and mentee not in mentees:
        raise click.UsageError(f"{quoted(mentee)} mentors here; ask with '--for {mentee}'")
    _known(mentee, mentees, desk.cohort, "mentee")
    if mentor is not None:
        _known(mentor, mentors, desk.cohort, "mentor")
    seeker = desk.seeker_of(mentee)
    assert seeker is not None
    _say(explained(desk, seeker, desk.mentor_of(mentor) if mentor else None, named=named))


def _known(id_: str, known: Iterable[str], cohort: "Cohort", what: str) -> None:
    known = list(known)
    if id_ not in known:
        near = did_you_mean(id_, known) or f"see who is in content/participants for {cohort.id}"
        raise click.UsageError(f"{quoted(id_)} must be a {what} of {quoted(cohort.id)}; {near}")


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _learn(
    root: Path,
    program: "Program",
    cohort: "Cohort",
    today: date,
    seed: int,
    form: str,
    writer: "Writer | None",
) -> None:
    from peerloom import bounded, source
    from peerloom.changes import diff
    from peerloom.matching import learning
    from peerloom.matching.forms import as_json

    found = learning.learn(program, cohort, today, seed=seed)
    is_json = form == "json"
    if is_json:
        show_data(as_json(learning.learned_as_value(found)), "json")
    else:
        show(learning.learned_as_text(found))
    if not isinstance(found, learning.Learned):
        raise click.exceptions.Exit(1)
    path = program.path(cohort)
    try:
        text = bounded.read(root / path, source.MOST_BYTES).decode()
        changes = learning.reweighted(path, text, found.weights)
    except learning.CannotReweight as error:
        refuse(str(error))
    if writer is not None:
        _write(writer, changes, ())
    elif not is_json:
        show(diff(root, changes))


def _write(writer: "Writer", changes: "Changes", gone: Iterable[str]) -> None:
    gone = list(gone)
    if not changes and not gone:
        say("nothing is written: there is nothing new to propose", err=True)
        return
    write(writer, changes, gone)
    for path in sorted(changes):
        say(f"written: {path}", err=True)
    for path in sorted(gone):
        say(f"deleted, a proposal that is no more: {path}", err=True)
